import { couldNotCheck, failed, notApplicable } from '../check-result.ts';
import { debuggerPort } from '../debugger-port.ts';
import { endpointText, reachOf } from '../listener-facts.ts';
import type { Rule } from '../rule.ts';

/** A debugger that only this machine reaches: still, each of its users and programs may run code. */
export const debuggerOnLoopback: Rule = {
  id: 'debugger-on-loopback',
  title: 'Debugger open to local programs',
  judge: (facts) => {
    if (reachOf(facts.listener) !== 'machine') return notApplicable;
    const found = debuggerPort(facts);
    if (found === null) return notApplicable;
    if (found === 'unread') return couldNotCheck('the command line of its owner could not be read');
    return failed({
      id: 'debugger-on-loopback',
      severity: 'info',
      title: `${found.name} on ${endpointText(facts.listener)}: any local program can run code through it`,
      evidence: found.evidence,
      benignCauses: ['somebody is debugging'],
      actions: [
        { label: 'start the program without its debugger when you are done', command: null },
      ],
    });
  },
};
