import { couldNotCheck, failed, pass } from '../check-result.ts';
import { endpointText, programName } from '../listener-facts.ts';
import type { Rule } from '../rule.ts';

/**
 * A process whose main thread has ended, while others keep its sockets open; proc(5): state Z, with
 * more than one thread. Signals to it are accepted and its files can't be looked at.
 */
export const zombieOwner: Rule = {
  id: 'zombie-owner',
  title: 'Owner has ended but was not collected',
  judge: ({ listener, process }) => {
    if (process === null) return couldNotCheck('its owner could not be read');
    if (process.state !== 'Z' && process.state !== 'X') return pass;
    return failed({
      id: 'zombie-owner',
      severity: 'warning',
      title: `the owner of ${endpointText(listener)}, ${programName(listener)}, is a zombie`,
      evidence: [
        `process ${process.pid} is in state ${process.state} with ${process.threads} threads, its parent is ${process.ppid}`,
      ],
      benignCauses: ['it is just ending', 'its main thread has ended on purpose and others go on'],
      actions: [
        {
          label: 'see its parent, which has not collected it',
          command: `homeport explain pid:${process.ppid}`,
        },
      ],
    });
  },
};
