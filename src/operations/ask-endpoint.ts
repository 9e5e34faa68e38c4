import { acceptors } from '../diagnose/acceptors.ts';
import { answersOf } from '../diagnose/answering.ts';
import type { ApplicationAnswer, EndpointFacts, MachineFacts, Timed } from '../diagnose/facts.ts';
import { dialAddresses } from '../diagnose/probes/dial-addresses.ts';
import { unacceptedQueue } from '../diagnose/probes/unaccepted.ts';
import { speaksHttp1 } from '../diagnose/protocol-names.ts';
import { isBind } from '../diagnose/symptom.ts';
import type { DialAttempt } from '../model/diagnosis.ts';
import type { FailureMessage } from '../model/failure.ts';
import type { Known } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Protocol } from '../model/protocol.ts';
import { isWildcard } from '../model/scope.ts';
import type { AcceptQueue } from '../model/socket.ts';
import type { EndpointTarget } from '../model/target.ts';
import { endpointText } from '../model/target-endpoint.ts';
import { askAddress, reasonNotToConnect } from './ask-protocol.ts';
import { lookCloser } from './look-closer.ts';
import type { LiveContext, OperationContext } from './operation.ts';

/** Whom to ask, and what is known of it already. */
export type EndpointToAsk = {
  readonly target: EndpointTarget;
  readonly addresses: readonly string[];
  readonly message: FailureMessage | null;
  readonly facts: MachineFacts;
};

/** What an endpoint answered to a client. */
export type EndpointAnswers = Pick<
  EndpointFacts,
  'attempts' | 'protocol' | 'application' | 'processorShares'
> & {
  /** Connections that still wait to be accepted at the address that was reached; null: none, or not seen. */
  readonly unaccepted: AcceptQueue | null;
  /** Facts of the machine that only matter where connecting has failed. */
  readonly machine: Partial<MachineFacts>;
};

/** The answers of an endpoint that nobody asked; `why` is a sentence for a person. */
export const notAskedEndpoint = (why: string): EndpointAnswers => ({
  attempts: [],
  protocol: { value: { status: 'not-probed', why }, durationMs: 0 },
  application: null,
  processorShares: {},
  unaccepted: null,
  machine: {},
});

/**
 * Connects to an endpoint, asks it what it speaks, and looks closer where that fails. A server that
 * can't bind is not connected to: who holds its port is seen without. Nor is one that would end, or
 * do something else, when its first client leaves.
 */
export const askEndpoint = async (
  context: OperationContext,
  question: EndpointToAsk,
): Promise<EndpointAnswers> => {
  if (context.snapshot !== undefined) {
    return notAskedEndpoint('the facts come from a snapshot file');
  }
  const why = whyNotToAsk(question);
  return why === null ? connectAndAsk(context, question) : notAskedEndpoint(why);
};

const whyNotToAsk = (question: EndpointToAsk): string | null => {
  const { target, message } = question;
  if (target.transport === 'udp') return 'UDP is never probed, as an answer would prove nothing';
  if (target.port === 0) return 'no port is named';
  if (message !== null && isBind({ ...message, from: 'message' })) {
    return 'a server could not bind: nobody was connected to';
  }
  const [reason = null] = answersTo(question, question.addresses).flatMap(
    (listener) => reasonNotToConnect(listener, ownerOf(listener, question)) ?? [],
  );
  return reason;
};

const answersTo = ({ facts, target }: EndpointToAsk, addresses: readonly string[]) =>
  answersOf({ ...facts, target, addresses }).flatMap(({ listener }) => listener ?? []);

const ownerOf = (listener: InetListener, question: EndpointToAsk): Process | null =>
  acceptors(listener, question.facts)[0] ?? null;

const connectAndAsk = async (
  context: LiveContext,
  question: EndpointToAsk,
): Promise<EndpointAnswers> => {
  const { signal } = context;
  const { port } = question.target;
  const first = await dialAll(context, question);
  const reached = first.find(({ outcome }) => outcome === 'connected') ?? null;
  if (reached === null) {
    return { ...notAskedEndpoint(noConnection), ...(await look(context, question, first, null)) };
  }
  const waiting = await unacceptedQueue(context.host, reached.address, port, signal);
  const protocol = await askReached(context, question, reached, waiting !== null);
  const unaccepted =
    protocol.value.status === 'identified'
      ? null
      : await unacceptedQueue(context.host, reached.address, port, signal);
  // Whoever took one connection and is gone is met by a client as it is now.
  const isGone = protocol.value.status === 'unreachable' && unaccepted === null;
  const attempts = isGone ? await dialAll(context, question) : first;
  return {
    protocol,
    application: await askFrontPage(context, question, reached, protocol.value),
    unaccepted,
    ...(await look(context, question, attempts, unaccepted)),
  };
};

const noConnection = 'no connection could be made';

const dialAll = (
  { host, signal, now }: LiveContext,
  { addresses, target }: EndpointToAsk,
): Promise<readonly DialAttempt[]> =>
  dialAddresses((to, until) => host.dial(to, until), dialable(addresses), target.port, {
    signal,
    now,
  });

/** Addresses that a client can connect to, in the place of those that a server names. */
const dialable = (addresses: readonly string[]): readonly string[] => [
  ...new Set(
    addresses.map((address) => {
      if (!isWildcard(address)) return address;
      return address.includes(':') ? '::1' : '127.0.0.1';
    }),
  ),
];

/** Enough for whoever is awake; each further question would wait in the queue of one who is not. */
const briefBudgetMs = 500;

const askReached = async (
  context: LiveContext,
  question: EndpointToAsk,
  { address }: DialAttempt,
  isWaiting: boolean,
): Promise<Timed<Protocol>> => {
  const started = context.now();
  const [listener = null] = answersTo(question, [address]);
  const value = await askAddress(context, {
    address,
    target: question.target,
    listener,
    process: listener === null ? null : ownerOf(listener, question),
    ...(isWaiting ? { budgetMs: briefBudgetMs } : {}),
  });
  return { value, durationMs: context.now() - started };
};

/** Only who speaks HTTP/1.1 has a front page that is asked for. */
const askFrontPage = async (
  context: LiveContext,
  { target }: EndpointToAsk,
  reached: DialAttempt,
  protocol: Protocol,
): Promise<Timed<Known<ApplicationAnswer>> | null> => {
  if (protocol.status !== 'identified' || !speaksHttp1(protocol)) return null;
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

const look = async (
  context: LiveContext,
  question: EndpointToAsk,
  attempts: readonly DialAttempt[],
  unaccepted: AcceptQueue | null,
) => {
  const listeners = answersTo(question, question.addresses);
  const isStuck = unaccepted !== null;
  const seen = await lookCloser(context, { ...question, attempts, listeners, isStuck });
  return { attempts, ...seen };
};
