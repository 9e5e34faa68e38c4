import type { InetListener } from '../../../model/listener.ts';
import { isWildcard } from '../../../model/scope.ts';
import { endpointText } from '../../../model/target-endpoint.ts';
import { listenersHere, reachedAt } from '../../answering.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import {
  describeListener,
  describeListenerAt,
  explainCommand,
  listenerEndpoint,
  listenerEvidence,
} from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { mistakenServers } from '../../failure-groups.ts';
import { isSameServer } from '../../same-server.ts';

/** One program listens on every address, another on this one alone: the latter gets the connections. */
export const moreSpecificListener: Check<EndpointFacts> = {
  id: 'more-specific-listener',
  title: 'no other program has taken one address of the port',
  stage: 'listener',
  explains: [...mistakenServers, 'timeout', 'none'],
  judge: (facts) => {
    const here = listenersHere(facts);
    const shared = facts.addresses
      .map((address) => ({ address, reached: reachedAt(address, here) }))
      .filter(({ reached }) => reached.length > 1);
    const [first] = facts.addresses;
    if (first === undefined || here.length === 0) return notApplicable;
    let untold = false;
    for (const { address, reached } of shared) {
      const [specific, wide] = reached;
      if (specific === undefined || wide === undefined || !isWildcard(wide.address)) continue;
      const same = isSameServer(specific, wide);
      if (same === false) return found(address, specific, wide);
      untold ||= same === null;
    }
    return untold
      ? couldNotCheck('which programs share the port could not be read')
      : pass('one program answers there');
  },
};

const found = (address: string, specific: InetListener, wide: InetListener) =>
  failed({
    id: 'more-specific-listener',
    severity: 'warning',
    title: `${describeListener(specific)} answers on ${endpointText(address, specific.port)}, not ${describeListenerAt(wide)}`,
    evidence: [
      ...listenerEvidence(specific),
      ...listenerEvidence(wide),
      `the kernel gives a connection to the listener with the most precise address: ${listenerEndpoint(specific)}`,
    ],
    benignCauses: ['the two are meant to share the port, each for its own addresses'],
    actions: [
      { label: `see who has ${listenerEndpoint(specific)}`, command: explainCommand(specific) },
      { label: `see who has ${listenerEndpoint(wide)}`, command: explainCommand(wide) },
      { label: 'give one of the two another port', command: null },
    ],
  });
