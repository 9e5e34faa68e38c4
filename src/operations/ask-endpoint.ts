import type { ApplicationAnswer, EndpointFacts, MachineFacts, Timed } from '../diagnose/facts.ts';
import { dialAddresses } from '../diagnose/probes/dial-addresses.ts';
import { processorShares } from '../diagnose/probes/processor-shares.ts';
import { unacceptedQueue } from '../diagnose/probes/unaccepted.ts';
import { isBind } from '../diagnose/symptom.ts';
import type { SnapshotExplanation } from '../explain/explain-target.ts';
import type { DialAttempt } from '../model/diagnosis.ts';
import type { FailureMessage } from '../model/failure.ts';
import { isKnown, type Known, knownOr } from '../model/known.ts';
import type { Process } from '../model/process.ts';
import type { Protocol } from '../model/protocol.ts';
import { isWildcard } from '../model/scope.ts';
import type { AcceptQueue } from '../model/socket.ts';
import type { EndpointTarget } from '../model/target.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { askAddress } from './ask-protocol.ts';
import type { LiveContext, OperationContext } from './operation.ts';

/** Whom to ask, and what is known of it already. */
export type EndpointToAsk = {
  readonly target: EndpointTarget;
  readonly addresses: readonly string[];
  readonly expected: string | null;
  readonly message: FailureMessage | null;
  readonly seen: SnapshotExplanation;
  readonly facts: MachineFacts;
};

/** What an endpoint answered to a client. */
export type EndpointAnswers = Pick<
  EndpointFacts,
  'attempts' | 'protocol' | 'application' | 'processorShares'
> & {
  /** Connections that still wait to be accepted; null: none, or not seen. */
  readonly unacceptedQueue: AcceptQueue | null;
  readonly unaccepted: boolean;
  /** Facts of the machine that only matter where connecting has failed. */
  readonly machine: Partial<MachineFacts>;
};

/** The answers of an endpoint that nobody asked; `why` is a sentence for a person. */
export const notAskedEndpoint = (why: string): EndpointAnswers => ({
  attempts: [],
  protocol: { value: { status: 'not-probed', why }, durationMs: 0 },
  application: null,
  processorShares: {},
  unacceptedQueue: null,
  unaccepted: false,
  machine: {},
});

/**
 * Connects to an endpoint, asks it what it speaks, and looks closer where that fails. A server that
 * can't bind is not connected to: who holds its port is seen without.
 */
export const askEndpoint = async (
  context: OperationContext,
  question: EndpointToAsk,
): Promise<EndpointAnswers> => {
  const { target, message } = question;
  if (context.snapshot !== undefined) {
    return notAskedEndpoint('the facts come from a snapshot file');
  }
  if (target.transport === 'udp') {
    return notAskedEndpoint('UDP is never probed, as an answer would prove nothing');
  }
  if (target.port === 0) return notAskedEndpoint('no port is named');
  if (message !== null && isBind({ ...message, from: 'message' })) {
    return notAskedEndpoint('a server could not bind: nobody was connected to');
  }
  return connectAndAsk(context, question);
};

const connectAndAsk = async (
  context: LiveContext,
  question: EndpointToAsk,
): Promise<EndpointAnswers> => {
  const { host, signal, now } = context;
  const { target, addresses } = question;
  const dial: typeof host.dial = (to, until) => host.dial(to, until);
  const attempts = await dialAddresses(dial, dialable(addresses), target.port, { signal, now });
  const reached = attempts.find(({ outcome }) => outcome === 'connected') ?? null;
  const protocol = await askReached(context, question, reached);
  const waiting =
    protocol.value.status === 'unrecognised'
      ? await unacceptedQueue(host, target.port, signal)
      : null;
  const asked = { attempts, protocol, unacceptedQueue: waiting, unaccepted: waiting !== null };
  return {
    ...asked,
    application: await askFrontPage(context, question, reached, protocol.value),
    ...(await lookCloser(context, question, asked)),
  };
};

/** Addresses that a client can connect to, in the place of those that a server names. */
const dialable = (addresses: readonly string[]): readonly string[] => [
  ...new Set(
    addresses.map((address) => {
      if (!isWildcard(address)) return address;
      return address.includes(':') ? '::1' : '127.0.0.1';
    }),
  ),
];

const askReached = async (
  context: LiveContext,
  { target, seen }: EndpointToAsk,
  reached: DialAttempt | null,
): Promise<Timed<Protocol>> => {
  if (reached === null)
    return { value: { status: 'not-probed', why: noConnection }, durationMs: 0 };
  const started = context.now();
  const [listener = null] = seen.listeners;
  const value = await askAddress(context, reached.address, listener, target);
  return { value, durationMs: context.now() - started };
};

const noConnection = 'no connection could be made';

/** Only who speaks HTTP/1.1 has a front page that is asked for. */
const askFrontPage = async (
  context: LiveContext,
  { target }: EndpointToAsk,
  reached: DialAttempt | null,
  protocol: Protocol,
): Promise<Timed<Known<ApplicationAnswer>> | null> => {
  if (reached === null || protocol.status !== 'identified' || protocol.id !== 'http1') return null;
  const { askApplication } = await import('../diagnose/probes/ask-application.ts');
  return askApplication({
    dial: (to, signal) => context.host.dial(to, signal),
    target: { transport: 'tcp', address: reached.address, port: reached.port },
    tls: protocol.tls !== null,
    hostHeader: endpointText(target.host ?? 'localhost', target.port),
    signal: context.signal,
    now: context.now,
  });
};

type Asked = Pick<EndpointAnswers, 'attempts' | 'unaccepted'>;

/** What would be a waste of time where connecting works, or where simply nobody listens. */
const lookCloser = async (
  context: LiveContext,
  question: EndpointToAsk,
  { attempts, unaccepted }: Asked,
): Promise<Pick<EndpointAnswers, 'machine' | 'processorShares'>> => {
  const { seen, facts } = question;
  const odd = attempts.some((attempt) => isOdd(attempt, seen.listeners.length > 0));
  const stuck = unaccepted || attempts.some(({ outcome }) => outcome === 'timed-out');
  const { host, signal, now } = context;
  const shares = stuck
    ? await processorShares(
        (pid, detail) => host.process(pid, detail),
        owners(question),
        now,
        signal,
      )
    : {};
  if (!odd || !isKnown(facts.network)) return { machine: {}, processorShares: shares };
  const [firewall, ...trips] = await Promise.all([
    host.firewall(signal),
    host.loopbackTrip('ipv4', signal),
    host.loopbackTrip('ipv6', signal),
  ]);
  return { machine: { network: { ...facts.network, firewall }, trips }, processorShares: shares };
};

/** Whether the table of sockets alone does not say why an attempt ended as it did. */
const isOdd = ({ outcome }: DialAttempt, somebodyListens: boolean): boolean => {
  if (outcome === 'connected') return !somebodyListens;
  return outcome !== 'refused' || somebodyListens;
};

const owners = ({ seen, facts }: EndpointToAsk): readonly Process[] => {
  const pids = new Set(
    seen.listeners.flatMap((listener) => knownOr(listener.owners, []).map(({ pid }) => pid)),
  );
  return facts.snapshot.processes.filter(({ pid }) => pids.has(pid));
};
