import { couldNotCheck, failed, notApplicable, pass } from '../check-result.ts';
import { debuggerPort } from '../debugger-port.ts';
import { endpointText, reachEvidence, reachOf } from '../listener-facts.ts';
import { lookCloser } from '../look-closer.ts';
import type { Rule } from '../rule.ts';

/** A debugger that other machines can reach: whoever connects runs code as this user. */
export const debuggerReachable: Rule = {
  id: 'debugger-reachable',
  title: 'Debugger reachable beyond this machine',
  judge: (facts) => {
    const { listener, process } = facts;
    const found = debuggerPort(facts);
    if (found === null) return notApplicable;
    const reach = reachOf(listener);
    if (reach === 'machine') return found === 'unread' ? notApplicable : pass;
    if (found === 'unread') return couldNotCheck('the command line of its owner could not be read');
    if (reach === 'unknown') return couldNotCheck('how far it reaches could not be read');
    return failed({
      id: 'debugger-reachable',
      severity: 'critical',
      title: `${found.name} on ${endpointText(listener)} can be reached from other machines`,
      evidence: [...found.evidence, ...reachEvidence(listener)],
      benignCauses: [
        'debugging from the host into a container or virtual machine needs an address beyond loopback',
      ],
      actions: [
        {
          label: 'let the debugger listen on 127.0.0.1 and reach it through `ssh -L`',
          command: null,
        },
        ...(process === null ? [] : [lookCloser(process.pid)]),
      ],
    });
  },
};
