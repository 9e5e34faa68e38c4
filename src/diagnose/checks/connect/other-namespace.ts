import type { InetListener } from '../../../model/listener.ts';
import { shellCommand } from '../../../model/shell-quote.ts';
import { answersOf, clientTransport, onSamePort } from '../../answering.ts';
import { byRoot } from '../../as-root.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { reachableAddress, tryCommand } from '../../connect-command.ts';
import {
  describeListener,
  listenerEndpoint,
  listenerEvidence,
  ownerOf,
} from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { refusals } from '../../failure-groups.ts';

/** The port is listened on, in a network namespace that has its own loopback and its own ports. */
export const otherNamespace: Check<EndpointFacts> = {
  id: 'other-namespace',
  title: 'the listener is in this network namespace',
  stage: 'listener',
  explains: refusals,
  judge: (facts) => {
    const answers = answersOf(facts);
    if (answers.length === 0) return notApplicable;
    if (answers.some(({ listener }) => listener !== null)) {
      return pass('a listener of this network namespace answers');
    }
    const listener = onSamePort(facts).find(
      (one) =>
        one.namespace !== 'this' &&
        one.container === null &&
        one.transport === clientTransport(facts),
    );
    return listener === undefined ? notApplicable : found(listener);
  },
};

const found = (listener: InetListener) => {
  const owner = ownerOf(listener);
  const attempt = tryCommand(listener, reachableAddress(listener));
  return failed({
    id: 'other-namespace',
    severity: 'warning',
    title: `${describeListener(listener)} listens on ${listenerEndpoint(listener)} in another network namespace, which has a loopback of its own`,
    evidence: [
      ...listenerEvidence(listener),
      `nobody listens on port ${listener.port} in the network namespace that was asked from`,
    ],
    benignCauses: ['it is a sandbox that nothing outside is meant to reach'],
    actions:
      owner === null
        ? []
        : [
            {
              label: 'ask for it from inside its namespace',
              ...byRoot('nsenter', '-t', String(owner.pid), '-n', 'sh', '-c', attempt),
            },
            {
              label: 'see what put it there',
              command: shellCommand('homeport', 'explain', `pid:${owner.pid}`),
            },
          ],
  });
};
