import { acceptors } from '../diagnose/acceptors.ts';
import type { EndpointFacts, MachineFacts } from '../diagnose/facts.ts';
import { isOwnAddress } from '../diagnose/own-address.ts';
import { processorShares } from '../diagnose/probes/processor-shares.ts';
import type { DialAttempt } from '../model/diagnosis.ts';
import type { FailureMessage } from '../model/failure.ts';
import { isKnown } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import type { LiveContext } from './operation.ts';

/** How connecting went. */
export type Outcome = {
  readonly facts: MachineFacts;
  readonly message: FailureMessage | null;
  readonly attempts: readonly DialAttempt[];
  /** Who should have answered, as far as the sockets show. */
  readonly listeners: readonly InetListener[];
  /** Whether a connection was made and not accepted, or a request not answered. */
  readonly isStuck: boolean;
};

/** What of the machine and its processes matters only where connecting did not go as it should. */
export type CloserLook = Pick<EndpointFacts, 'processorShares'> & {
  readonly machine: Partial<MachineFacts>;
};

/**
 * Looks at the firewall and tries loopback where the table of sockets does not say why an attempt
 * ended as it did, or why it connects though a message tells of a failure (a rule may be for another
 * user); and at how busy the server is where it keeps silent: a waste of time elsewhere.
 */
export const lookCloser = async (context: LiveContext, outcome: Outcome): Promise<CloserLook> => ({
  machine: await filtersAndTrips(context, outcome),
  processorShares: await shares(context, outcome),
});

const filtersAndTrips = async (
  { host, signal }: LiveContext,
  outcome: Outcome,
): Promise<Partial<MachineFacts>> => {
  const { facts, attempts } = outcome;
  const isOdd = attempts.some((attempt) => isUnexpected(attempt, outcome));
  if (!isOdd || !isKnown(facts.network)) return {};
  const [firewall, ...trips] = await Promise.all([
    host.firewall(signal),
    host.loopbackTrip('ipv4', signal),
    host.loopbackTrip('ipv6', signal),
  ]);
  return { network: { ...facts.network, firewall }, trips };
};

const isUnexpected = (
  { outcome, address }: DialAttempt,
  { listeners, facts, message }: Outcome,
): boolean => {
  const somebodyListens = listeners.length > 0;
  if (outcome === 'refused') return somebodyListens;
  if (outcome !== 'connected' || message !== null) return true;
  return !somebodyListens && isOwnAddress(address, facts.snapshot.interfaces);
};

const shares = async (
  { host, now, signal }: LiveContext,
  { attempts, listeners, facts, isStuck }: Outcome,
): Promise<EndpointFacts['processorShares']> => {
  if (!isStuck && !attempts.some(({ outcome }) => outcome === 'timed-out')) return {};
  const processes = listeners.flatMap((listener) => acceptors(listener, facts));
  return processorShares((pid, detail) => host.process(pid, detail), processes, now, signal);
};
