import { isUnknown } from '../../model/known.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../check-result.ts';
import {
  endpointText,
  programKind,
  programName,
  reachEvidence,
  reachOf,
} from '../listener-facts.ts';
import { lookCloser } from '../look-closer.ts';
import type { Rule } from '../rule.ts';

/** A program of root's that other machines can talk to: a fault in it is a fault of the machine. */
export const rootAndReachable: Rule = {
  id: 'root-and-reachable',
  title: 'Runs as root and is reachable from the network',
  judge: ({ listener, process }) => {
    const kind = programKind(listener);
    if (listener.transport === 'unix' || kind === 'container') return notApplicable;
    if (process?.pid === 1 || process?.kernelThread === true) return notApplicable;
    const reach = reachOf(listener);
    if (reach === 'machine') return pass;
    if (process === null || isUnknown(process.uid))
      return couldNotCheck('the user it runs as could not be read');
    if (process.uid !== 0) return pass;
    if (reach === 'unknown') return couldNotCheck('how far it reaches could not be read');
    return failed({
      id: 'root-and-reachable',
      severity: kind === 'system' ? 'info' : 'notice',
      title: `${programName(listener)} on ${endpointText(listener)} runs as root and can be reached from the network`,
      evidence: [`process ${process.pid} has effective uid 0`, ...reachEvidence(listener)],
      benignCauses: [
        'a login or system service needs root',
        'only its first process is root, and its workers are not',
        ...(listener.container === null
          ? []
          : ['root in a container may be an ordinary user outside']),
      ],
      actions: [lookCloser(process.pid)],
    });
  },
};
