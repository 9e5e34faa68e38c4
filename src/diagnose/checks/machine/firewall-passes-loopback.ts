import type { FirewallCondition } from '../../../model/firewall.ts';
import { isKnown } from '../../../model/known.ts';
import type { Family } from '../../../model/socket.ts';
import type { Check } from '../../check.ts';
import { couldNotCheck, failed, type Found, pass } from '../../check-result.ts';
import type { MachineFacts } from '../../facts.ts';
import { consequenceOf, firewallFailures } from '../../firewall/consequences.ts';
import { judgeTrip, type Denial, type TripFate } from '../../firewall/judge-trip.ts';
import { judgeFirewall, unreadRules } from '../../firewall/read-rules.ts';
import { actionsAgainst, openingFor } from '../../firewall/rule-actions.ts';
import { countText, doubtText, managerOf, placeText, whereText } from '../../firewall/rule-text.ts';
import { loopbackTrip } from '../../firewall/trips.ts';
import { loopbackIPv6 } from '../../loopback.ts';

/** The packet filter lets connections over loopback through, both ways, in both families. */
export const firewallPassesLoopback: Check<MachineFacts> = {
  id: 'firewall-passes-loopback',
  title: 'the firewall lets loopback through',
  stage: 'firewall',
  explains: firewallFailures,
  consequenceOf: ['firewall-blocks'],
  judge: (facts) =>
    judgeFirewall(facts, (firewall) => {
      const fates = families(facts).map((family) => ({
        family,
        fate: judgeTrip(firewall, loopbackTrip(family, facts)),
      }));
      const stopped = fates.flatMap(({ family, fate }) => {
        const denial = denialOf(fate);
        return denial === null ? [] : [{ family, denial }];
      });
      if (stopped.length > 0) return failed(...joined(stopped).map((one) => found(one, facts)));
      const doubt = fates.map(({ fate }) => fate).find(isDoubtful);
      return doubt?.verdict === 'unknown'
        ? couldNotCheck(doubtText(doubt))
        : (unreadRules(firewall) ?? pass(`the firewall (${countText(firewall)}) lets it through`));
    }),
};

const families = ({ network }: MachineFacts): readonly Family[] => {
  const enabled = isKnown(network) ? loopbackIPv6(network) : true;
  return enabled === null || enabled === false ? ['ipv4'] : ['ipv4', 'ipv6'];
};

/** What stops loopback whatever the port and the user: a rule for some of them is no fault here. */
const denialOf = (fate: TripFate): Denial | null => {
  if (fate.verdict === 'accept') return null;
  if (fate.verdict !== 'unknown') return fate;
  return isForSome(fate.doubt.because) ? fate.otherwise : null;
};

const isDoubtful = (fate: TripFate): boolean =>
  fate.verdict === 'unknown' && !isForSome(fate.doubt.because);

const isForSome = (because: FirewallCondition | null): boolean =>
  because !== null && ['uid', 'gid', 'source-port', 'destination-port'].includes(because.kind);

type Stopped = { readonly families: readonly Family[]; readonly denial: Denial };

/** One finding for each rule or policy, though it stops both families. */
const joined = (
  stopped: readonly { readonly family: Family; readonly denial: Denial }[],
): readonly Stopped[] => {
  const places = new Map<unknown, Stopped>();
  for (const { family, denial } of stopped) {
    const { rule, chain } = denial.place;
    const before = places.get(rule ?? chain)?.families ?? [];
    places.set(rule ?? chain, { families: [...before, family], denial });
  }
  return [...places.values()];
};

const found = ({ families: names, denial }: Stopped, facts: MachineFacts): Found => {
  const { place, hook } = denial;
  const trips = names.map((family) => loopbackTrip(family, facts));
  const met = trips.map((trip) => consequenceOf(denial, trip));
  const manager = managerOf(place);
  const family = names.map((name) => (name === 'ipv4' ? 'IPv4' : 'IPv6')).join(' and ');
  return {
    id: 'firewall-passes-loopback',
    severity: 'critical',
    title: `${placeText(place)} ${denial.verdict}s what local programs send to one another over loopback (${family})`,
    evidence: [
      `it stands in ${whereText(place, hook)}, and nothing before it accepts what comes by lo`,
      ...new Set(met.map(({ text }) => text)),
      ...(manager === null ? [] : [`${manager.name} wrote it`]),
    ],
    benignCauses: ['a rule set for a machine on which no two programs should talk'],
    actions: trips
      .slice(0, 1)
      .flatMap((trip) => actionsAgainst(place, hook, openingFor(denial, trip))),
    explains: [...new Set(met.flatMap(({ explains }) => explains))],
  };
};
