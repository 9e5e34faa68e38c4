import { isKnown } from '../../../model/known.ts';
import { bindQuestion } from '../../bind-question.ts';
import type { Check } from '../../check.ts';
import { failed, notApplicable, pass } from '../../check-result.ts';
import { describeListener, listenerEndpoint } from '../../describe-listener.ts';
import type { EndpointFacts } from '../../facts.ts';
import { describeHolders, heldEndpoint, holdingEvidence } from '../../holding-text.ts';
import { type Holding, holdingsOfKind } from '../../port-holding.ts';
import { holderActions } from '../../stop-holder.ts';

/** A wildcard is every address of its family: it meets a listener on any one, and the reverse (ip(7)). */
export const wildcardOverlap: Check<EndpointFacts> = {
  id: 'wildcard-overlap',
  title: 'no listener on a wider or narrower address is in the way',
  stage: 'listener',
  explains: ['address-in-use'],
  judge: (facts) => {
    const { named, text } = bindQuestion(facts);
    if (!named) return notApplicable;
    const holdings = holdingsOfKind(facts, 'other-address');
    const [first] = holdings;
    if (first !== undefined) return found(first, holdings, facts);
    const apart = facts.listeners.find((one) => isApart(one, facts));
    return pass(
      apart === undefined
        ? `no other address of ${text} is held`
        : `${describeListener(apart)} has ${listenerEndpoint(apart)} for IPv6 alone, which leaves ${text} free`,
    );
  },
};

/** `::` with IPV6_V6ONLY shares nothing with IPv4 (ipv6(7)). */
const isApart = (one: EndpointFacts['listeners'][number], facts: EndpointFacts): boolean => {
  const { address, transport, port } = bindQuestion(facts);
  return (
    one.transport === transport &&
    one.port === port &&
    one.namespace === 'this' &&
    one.v6only === true &&
    address?.includes(':') === false
  );
};

const found = (holding: Holding, all: readonly Holding[], facts: EndpointFacts) => {
  const { listener, overlap } = holding;
  const { text } = bindQuestion(facts);
  const where = heldEndpoint(listener);
  const { who, verb } = describeHolders(listener, facts);
  return failed({
    id: 'wildcard-overlap',
    severity: 'warning',
    title:
      overlap === 'held-wider'
        ? `${who} ${verb} on ${where}, which takes in ${text}`
        : `${text} takes in ${where}, on which ${who} ${verb}`,
    evidence: [...families(holding, facts), ...holdingEvidence(all, facts)],
    benignCauses: ['both servers are meant to run, on one address each'],
    actions: [
      ...(overlap === 'asked-wider' ? [narrower(facts)] : []),
      ...holderActions(
        all.map((one) => one.listener),
        facts,
      ),
    ].slice(0, 3),
  });
};

const families = ({ listener }: Holding, facts: EndpointFacts): readonly string[] => {
  const { address } = bindQuestion(facts);
  const wide = [address, listener.address].includes('::');
  if (!wide) return ['a wildcard address is every IPv4 address of this machine'];
  const meets = [address, listener.address].some((one) => one?.includes(':') === false);
  if (!meets) return [':: is every IPv6 address of this machine'];
  return [
    ':: is every IPv4 address too, unless its socket has IPV6_V6ONLY',
    ...(listener.address === '::' && listener.v6only !== null && !isKnown(listener.v6only)
      ? ['whether the listener has IPV6_V6ONLY could not be read; the default is that it has not']
      : []),
  ];
};

const narrower = (facts: EndpointFacts) => {
  const { address, port } = bindQuestion(facts);
  const six = address === '::' ? ', or with IPV6_V6ONLY where only IPv4 is taken' : '';
  return {
    label: `bind the new server to one address that is free on port ${port} instead of every address${six}`,
    command: null,
  };
};
