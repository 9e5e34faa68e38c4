import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { holdingEvidence } from '../../holding-text.ts';
import { type Holding, holdingsOf, holdingsOfKind, otherSockets } from '../../port-holding.ts';
import { holderActions } from '../../stop-holder.ts';

/** Another program listens there: the plain case. */
export const portTaken: Check<EndpointFacts> = {
  id: 'port-taken',
  title: 'no other program listens there',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const { text, trial, address } = bindQuestion(facts);
    const [holding] = holdingsOfKind(facts, 'taken');
    if (holding !== undefined) return found(holding, facts);
    if (holdingsOf(facts).length > 0) return notApplicable;
    if (address === null) return couldNotCheck(`which address ${text} means is not known`);
    return trial?.reusing === 'EADDRINUSE' && isUnexplained(facts)
      ? couldNotCheck(`${text} is in use, and no socket that holds it could be seen`)
      : pass(`nobody listens on ${text}`);
  },
};

const isUnexplained = (facts: EndpointFacts): boolean =>
  Object.values(otherSockets(facts)).every((sockets) => sockets.length === 0);

const found = (holding: Holding, facts: EndpointFacts) => {
  const { listener } = holding;
  return failed({
    id: 'port-taken',
    severity: 'warning',
    title: `${describeListener(listener)} already listens on ${listenerEndpoint(listener)}`,
    evidence: holdingEvidence(holding, facts),
    benignCauses: ['it is meant to run there, and the new server belongs on another port'],
    actions: holderActions(listener, facts),
  });
};
