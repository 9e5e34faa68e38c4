import type { FailureClass } from '../../model/failure.ts';
import type { Denial } from './judge-trip.ts';
import type { Trip } from './path.ts';

/** What a client meets: failure classes, and the same in words. */
export type Consequence = { readonly explains: readonly FailureClass[]; readonly text: string };

/** All that a client may meet whose connection a firewall does not let through. */
export const firewallFailures: readonly FailureClass[] = [
  'timeout',
  'connection-refused',
  'connection-reset',
  'broken-pipe',
  'permission-denied',
  'unreachable',
  'proxy-error',
];

/**
 * What a client of a connection meets that is not let through, as Linux shows it (connect(2), tcp(7),
 * udp(7), net/ipv4/icmp.c, net/ipv6/icmp.c).
 */
export const consequenceOf = (
  denial: Denial,
  trip: Pick<Trip, 'family' | 'protocol'>,
): Consequence => {
  const met = trip.protocol === 'udp' ? ofDatagram(denial, trip) : ofConnection(denial, trip);
  return { ...met, explains: [...met.explains, 'proxy-error'] };
};

const ofConnection = (denial: Denial, trip: Pick<Trip, 'family'>): Consequence => {
  if (denial.verdict === 'drop') return silence;
  const isReset = /reset/.test(denial.with ?? '');
  if (denial.leg === 'data') return isReset ? resets : silence;
  // The answer to a reply goes to the server: its client hears nothing.
  if (denial.leg === 'reply') return silence;
  return isReset ? refusal : ofIcmp(denial.with, trip);
};

const ofDatagram = (denial: Denial, trip: Pick<Trip, 'family'>): Consequence => {
  if (denial.leg !== 'request') return silence;
  // The kernel tells a sender at once of a datagram that does not get out.
  if (denial.hook === 'output') return forbidden;
  return denial.verdict === 'drop' ? silence : withoutDelay(ofIcmp(denial.with, trip));
};

const ofIcmp = (answer: string | null, { family }: Pick<Trip, 'family'>): Consequence => {
  const isIPv6 = family === 'ipv6';
  const met = icmpConsequence(answer ?? 'port', isIPv6);
  return isIPv6 ? late(met) : met;
};

const icmpConsequence = (answer: string, isIPv6: boolean): Consequence => {
  if (/port/.test(answer)) return refusal;
  return isIPv6 && /adm|policy|reject-route/.test(answer) ? forbidden : noRoute;
};

/**
 * ICMPv6 comes while connect(2) still holds the socket, and is lost; the SYN is sent again after a
 * second. Who waits less than that meets a timeout.
 */
const late = (met: Consequence): Consequence => ({
  explains: [...met.explains, 'timeout'],
  text: `${met.text}, over IPv6 after a second`,
});

const withoutDelay = ({ explains, text }: Consequence): Consequence => ({
  explains: explains.filter((one) => one !== 'timeout'),
  text: text.replace(/, over IPv6 after a second$/, ''),
});

const silence: Consequence = {
  explains: ['timeout', 'broken-pipe'],
  text: 'a client gets no answer and waits until it gives up (ETIMEDOUT)',
};

const refusal: Consequence = {
  explains: ['connection-refused'],
  text: 'a client is refused (ECONNREFUSED), as if nobody listened',
};

const resets: Consequence = {
  explains: ['connection-reset', 'broken-pipe'],
  text: 'a client connects, and its connection is reset (ECONNRESET)',
};

const noRoute: Consequence = {
  explains: ['unreachable'],
  text: 'a client is told that no route leads there (EHOSTUNREACH or ENETUNREACH)',
};

const forbidden: Consequence = {
  explains: ['permission-denied'],
  text: 'a client is told that it may not (EACCES or EPERM)',
};
