import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { describeHolders, heldEndpoint, holdingEvidence } from '../../holding-text.ts';
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
    const holdings = holdingsOfKind(facts, 'taken');
    if (holdings.length > 0) return found(holdings, facts);
    if (holdingsOf(facts).length > 0) return notApplicable;
    if (address === null) return couldNotCheck(`which address ${text} means is not known`);
    return trial?.reusing === 'EADDRINUSE' && isUnexplained(facts)
      ? couldNotCheck(`${text} is in use, and no socket that holds it could be seen`)
      : pass(`nobody listens on ${text}`);
  },
};

const isUnexplained = (facts: EndpointFacts): boolean =>
  Object.values(otherSockets(facts)).every((sockets) => sockets.length === 0);

const found = (holdings: readonly Holding[], facts: EndpointFacts) =>
  failed({
    id: 'port-taken',
    severity: 'warning',
    title: titleOf(holdings, facts),
    evidence: holdingEvidence(holdings, facts),
    benignCauses: ['it is meant to run there, and the new server belongs on another port'],
    actions: holderActions(
      holdings.map(({ listener }) => listener),
      facts,
    ),
  });

/** A server that has both families is named once. */
const titleOf = (holdings: readonly Holding[], facts: EndpointFacts): string => {
  const byHolder = Map.groupBy(holdings, ({ listener }) => describeHolders(listener, facts).who);
  return [...byHolder.values()]
    .flatMap((several, index) => {
      const [first] = several;
      if (first === undefined) return [];
      const { who, verb } = describeHolders(first.listener, facts);
      const where = several.map(({ listener }) => heldEndpoint(listener)).join(' and ');
      return [`${who}${index === 0 ? ` already ${verb}` : ''} on ${where}`];
    })
    .join(', and ');
};
