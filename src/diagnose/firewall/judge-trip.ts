import type { Firewall, FirewallCondition, FirewallHook } from '../../model/firewall.ts';
import { chainsAt, type Leg, parseRedirect, type Step, stepsOf, type Trip } from './path.ts';
import { type ChainFate, type Decision, type Place, walkChain } from './walk.ts';

/** A rule that sends a connection elsewhere. Null address or port: it stays, or is not known. */
export type Redirect = {
  readonly place: Place;
  readonly hook: FirewallHook;
  readonly to: string | null;
  readonly address: string | null;
  readonly port: number | null;
};

/** A packet that is not let through: which, where, by what, and with which answer. */
export type Denial = {
  readonly verdict: 'drop' | 'reject';
  readonly place: Place;
  readonly hook: FirewallHook;
  readonly leg: Leg;
  /** The answer that a reject sends, as the tool wrote it; null: nothing, or its default. */
  readonly with: string | null;
};

/**
 * What a firewall does with a connection. `unknown`: it hangs on `doubt`; `otherwise` is what happens
 * if that does not hold, null: it is let through.
 */
export type TripFate = { readonly redirect: Redirect | null } & (
  | { readonly verdict: 'accept' }
  | Denial
  | { readonly verdict: 'unknown'; readonly doubt: Doubted; readonly otherwise: Denial | null }
);

/** What would happen, at which hook, if `because` held (null: whatever the rule hangs on). */
export type Doubted = {
  readonly place: Place;
  readonly hook: FirewallHook;
  readonly because: FirewallCondition | null;
  /** null: it is let through, or what happens then is not judged. */
  readonly denial: Denial | null;
};

/**
 * Follows the packets of a connection through all base chains of a firewall: a chain that accepts
 * hands on to the next, one that drops ends it. Address translation as a packet leaves is followed;
 * the answers of a translated connection are not. Pure.
 */
export const judgeTrip = (firewall: Firewall, trip: Trip): TripFate => {
  const request = judgeLeg(firewall, trip, 'request');
  if (request.redirect !== null || request.verdict === 'drop' || request.verdict === 'reject') {
    return request;
  }
  const legs: readonly Leg[] = trip.protocol === 'tcp' ? ['reply', 'data'] : ['reply'];
  const fates = [request, ...legs.map((leg) => judgeLeg(firewall, trip, leg))];
  return (
    fates.find(({ verdict }) => verdict === 'drop' || verdict === 'reject') ??
    fates.find((fate) => fate.verdict === 'unknown' && fate.otherwise !== null) ??
    fates.find(({ verdict }) => verdict === 'unknown') ??
    request
  );
};

/** How far a packet came: the trip as it is by now, and what was met. */
type Way = {
  readonly trip: Trip;
  readonly leg: Leg;
  readonly untracked: boolean;
  readonly redirect: Redirect | null;
  readonly unknown: Unknown | null;
};

type Unknown = Omit<Extract<TripFate, { verdict: 'unknown' }>, 'redirect'>;

const judgeLeg = (firewall: Firewall, trip: Trip, leg: Leg): TripFate => {
  let way: Way = { trip, leg, untracked: false, redirect: null, unknown: null };
  for (const hook of hooks) {
    const first = stepAt(way, hook);
    for (const chain of first === null ? [] : chainsAt(firewall.chains, first)) {
      const step = stepAt(way, hook);
      if (step === null) break;
      const fate = walkChain(chain, firewall.chains, step.packet);
      const denial = certainDenial(fate, hook, leg);
      if (denial !== null) return { ...denial, redirect: way.redirect };
      const next = wayAfter(way, fate, hook);
      if (next === null) return { verdict: 'accept', redirect: redirectBy(fate.decision, hook) };
      way = next;
    }
  }
  return { ...(way.unknown ?? { verdict: 'accept' }), redirect: way.redirect };
};

const hooks: readonly FirewallHook[] = [
  'output',
  'postrouting',
  'egress',
  'ingress',
  'prerouting',
  'input',
];

const stepAt = ({ trip, leg, untracked }: Way, hook: FirewallHook): Step | null => {
  const step = stepsOf(trip, leg).find((one) => one.hook === hook);
  if (step === undefined || !untracked) return step ?? null;
  return { ...step, packet: { ...step.packet, state: 'untracked' } };
};

const isDenial = ({ action }: Decision): boolean =>
  action.kind === 'drop' || action.kind === 'reject';

/** That a packet is stopped, if it is whether or not any doubt holds. */
const certainDenial = (
  { decision, doubts }: ChainFate,
  hook: FirewallHook,
  leg: Leg,
): Denial | null => (doubts.every(isDenial) ? denialOf(decision, hook, leg) : null);

const denialOf = (decision: Decision, hook: FirewallHook, leg: Leg): Denial | null => {
  const { place, action } = decision;
  if (action.kind === 'drop') return { verdict: 'drop', place, hook, leg, with: null };
  return action.kind === 'reject'
    ? { verdict: 'reject', place, hook, leg, with: action.with }
    : null;
};

/** null: the packet is sent on to where it can't be followed. */
const wayAfter = (way: Way, fate: ChainFate, hook: FirewallHook): Way | null => {
  const { decision, untracks } = fate;
  const unknown = worse(way.unknown, unknownOf(fate, hook, way.leg));
  // Connection tracking begins at -200 (NF_IP_PRI_CONNTRACK): behind it nothing is taken out.
  const isEarly = hook === 'output' && (decision.place.chain.priority ?? 0) < -200;
  const untracked = way.untracked || (untracks && isEarly);
  if (decision.action.kind !== 'redirect') return { ...way, untracked, unknown };
  const redirect = redirectBy(decision, hook);
  const trip = redirect === null ? null : redirectedTrip(way.trip, redirect);
  return trip === null
    ? null
    : { ...way, trip, untracked, unknown, redirect: way.redirect ?? redirect };
};

/** What a chain's doubts amount to; null: the same comes of it whether or not they hold. */
const unknownOf = (
  { decision, doubts }: ChainFate,
  hook: FirewallHook,
  leg: Leg,
): Unknown | null => {
  const { kind } = decision.action;
  const differing = doubts.filter(({ action }) => action.kind !== kind);
  const odd = kind === 'other' ? { ...decision, because: null } : differing[0];
  if (odd === undefined) return null;
  const { place, because } = odd;
  return {
    verdict: 'unknown',
    doubt: { place, hook, because, denial: denialOf(odd, hook, leg) },
    otherwise: denialOf(decision, hook, leg),
  };
};

/** What surely stops a packet unless a doubt holds says more than what may stop it. */
const worse = (first: Unknown | null, second: Unknown | null): Unknown | null =>
  first === null || (first.otherwise === null && (second?.otherwise ?? null) !== null)
    ? second
    : first;

const redirectBy = ({ place, action }: Decision, hook: FirewallHook): Redirect | null => {
  if (action.kind !== 'redirect') return null;
  const parsed = action.to === null ? null : parseRedirect(action.to);
  return {
    place,
    hook,
    to: action.to,
    address: parsed?.address ?? null,
    port: parsed?.port ?? null,
  };
};

/** A redirect without an address is to this machine (iptables-extensions(8), "REDIRECT"). */
const redirectedTrip = (trip: Trip, { to, address, port }: Redirect): Trip | null => {
  if (to !== null && address === null && port === null) return null;
  const destination = address ?? (trip.family === 'ipv4' ? '127.0.0.1' : '::1');
  return {
    ...trip,
    destination,
    destinationPorts: port === null ? trip.destinationPorts : { first: port, last: port },
    interface: trip.isLocal(destination) ? 'lo' : null,
  };
};
