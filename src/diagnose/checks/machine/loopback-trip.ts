import { isKnown } from '../../../model/known.ts';
import { couldNotCheck, failed, pass } from '../../check-result.ts';
import type { Check } from '../../check.ts';
import type { LoopbackTrip, MachineFacts } from '../../facts.ts';
import { loopbackIPv6 } from '../../loopback.ts';

/**
 * Homeport's own connection with itself. What other checks name is the reason, this is the proof:
 * it stands behind them.
 */
export const loopbackTrip: Check<MachineFacts> = {
  id: 'loopback-trip',
  title: 'a connection over loopback is made',
  stage: 'handshake',
  explains: [
    'timeout',
    'unreachable',
    'address-not-available',
    'connection-refused',
    'connection-reset',
    'permission-denied',
  ],
  consequenceOf: [
    'loopback-up',
    'ipv4-loopback-address',
    'ipv6-loopback-address',
    'loopback-route',
    'firewall-passes-loopback',
    'conntrack-room',
    'firewall-blocks',
    'interface-down',
  ],
  judge: (facts) => {
    if (facts.trips.length === 0) return couldNotCheck('nothing is tried on a snapshot');
    const trips = facts.trips.filter(({ family }) => family === 'ipv4' || hasIPv6(facts));
    const broken = trips.filter(({ outcome }) => outcome === 'failed');
    if (broken.length > 0) return failing(broken);
    return trips.length === 0
      ? couldNotCheck('no family was tried')
      : pass(`a connection with itself was made over ${trips.map(nameOf).join(' and ')}`);
  },
};

/** Where IPv6 is off nothing else is to be expected; where that is not known it was worth a try. */
const hasIPv6 = ({ network }: MachineFacts): boolean => {
  if (!isKnown(network)) return true;
  const enabled = loopbackIPv6(network);
  return enabled !== null && enabled !== false;
};

const failing = (broken: readonly LoopbackTrip[]) =>
  failed({
    id: 'loopback-trip',
    severity: 'critical',
    title: `no connection can be made over loopback, whatever the program: ${broken.map(failureText).join(', ')}`,
    evidence: broken.map(
      (trip) =>
        `Homeport’s own over ${nameOf(trip)} ended with ${codeOf(trip)} after ${Math.round(trip.durationMs)} ms`,
    ),
    actions: [
      { label: 'look at the addresses of loopback', command: 'ip address show lo' },
      {
        label: 'look at the rules of the packet filter',
        command: 'sudo nft list ruleset',
        needsRoot: true,
      },
    ],
  });

const nameOf = ({ family }: LoopbackTrip): string => (family === 'ipv4' ? 'IPv4' : 'IPv6');

const codeOf = ({ code }: LoopbackTrip): string => code ?? 'no answer';

const failureText = (trip: LoopbackTrip): string => `${codeOf(trip)} over ${nameOf(trip)}`;
