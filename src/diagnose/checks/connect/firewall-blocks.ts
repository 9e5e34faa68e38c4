import { endpointText } from '../../../model/target-endpoint.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, type Found, notApplicable, pass } from '../../check-result.ts';
import type { EndpointFacts } from '../../facts.ts';
import { consequenceOf, firewallFailures } from '../../firewall/consequences.ts';
import {
  type AddressFate,
  hasConnected,
  judgeAddresses,
  type StoppedTrip,
  stoppedTrips,
} from '../../firewall/judge-addresses.ts';
import { hasNoPart, judgeFirewall, unreadRules } from '../../firewall/read-rules.ts';
import { actionsAgainst, openingFor } from '../../firewall/rule-actions.ts';
import {
  countText,
  doubtText,
  managerOf,
  placeText,
  userText,
  whereText,
} from '../../firewall/rule-text.ts';

/** A rule or policy of the packet filter stops the client's packets, the answers, or both. */
export const firewallBlocks: Check<EndpointFacts> = {
  id: 'firewall-blocks',
  title: 'no firewall rule stops the connection',
  stage: 'firewall',
  explains: firewallFailures,
  judge: (facts) => {
    if (facts.addresses.length === 0 || hasNoPart(facts)) return notApplicable;
    return judgeFirewall(facts, (firewall) => {
      const fates = judgeAddresses(firewall, facts);
      const stopped = stoppedTrips(fates, facts);
      if (stopped.length > 0) return failed(...byPlace(stopped).map((one) => found(one, facts)));
      const doubt = doubtIn(fates, facts);
      if (doubt !== null) return couldNotCheck(doubt);
      return unreadRules(firewall) ?? pass(`the firewall (${countText(firewall)}) lets it through`);
    });
  },
};

const doubtIn = (fates: readonly AddressFate[], facts: EndpointFacts): string | null => {
  const doubts = fates.flatMap(({ address, fate }) =>
    fate.verdict === 'unknown' && !hasConnected(address, facts) ? [doubtText(fate)] : [],
  );
  return doubts[0] ?? null;
};

/** One finding for each rule or policy, though it stops several addresses. */
const byPlace = (stopped: readonly StoppedTrip[]): readonly StoppedTrip[] =>
  stopped.filter(
    ({ denial }, at) =>
      stopped.findIndex(
        (one) =>
          one.denial.place.chain === denial.place.chain &&
          one.denial.place.rule === denial.place.rule,
      ) === at,
  );

const found = ({ address, trip, denial, sure }: StoppedTrip, facts: EndpointFacts): Found => {
  const { place, hook, leg } = denial;
  const met = consequenceOf(denial, trip);
  const user = userText(place, facts.snapshot.users);
  const manager = managerOf(place);
  const where = endpointText(address, facts.target.port);
  return {
    id: 'firewall-blocks',
    severity: 'warning',
    title: `${placeText(place)} ${verbs[denial.verdict]} ${packets[leg]} ${where}${user === null ? '' : `, for ${user}`}`,
    evidence: [
      `it stands in ${whereText(place, hook)}`,
      met.text,
      ...(denial.with === null ? [] : [`it answers with ${denial.with}`]),
      ...(sure ? [] : ['root reads the rules: whose connection failed the message does not tell']),
      ...(manager === null ? [] : [`${manager.name} wrote it`]),
    ],
    benignCauses: ['somebody closed this port, or all but a few, on purpose'],
    actions: actionsAgainst(place, hook, openingFor(denial, trip)),
    explains: met.explains,
  };
};

const verbs = { drop: 'drops', reject: 'rejects' } as const;
const packets = {
  request: 'connections to',
  reply: 'the answers of',
  data: 'what follows on connections to',
} as const;
