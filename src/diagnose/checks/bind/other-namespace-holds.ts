import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { notApplicable, pass } from '../../check-result.ts';
import { describeListenerAt } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';

/** Each network namespace has ports of its own (network_namespaces(7)): never the reason. */
export const otherNamespaceHolds: Check<EndpointFacts> = {
  id: 'other-namespace-holds',
  title: 'a listener in another network namespace is no obstacle',
  stage: 'listener',
  explains: [],
  judge: (facts) => {
    const { port, transport } = bindQuestion(facts);
    const there = facts.listeners.find(
      (one) => one.transport === transport && one.port === port && one.namespace !== 'this',
    );
    return there === undefined
      ? notApplicable
      : pass(
          `${describeListenerAt(there)} is in the network namespace ${there.namespace}, which has ports of its own`,
        );
  },
};
