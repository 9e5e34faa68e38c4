import { acceptors } from '../diagnose/acceptors.ts';
import { answersOf } from '../diagnose/answering.ts';
import type { EndpointFacts, MachineFacts } from '../diagnose/facts.ts';
import { dialAddresses, dialLimitMs } from '../diagnose/probes/dial-addresses.ts';
import { isBind } from '../diagnose/symptom.ts';
import type { DialAttempt } from '../model/diagnosis.ts';
import type { FailureMessage } from '../model/failure.ts';
import type { InetListener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import { isWildcard } from '../model/scope.ts';
import type { AcceptQueue } from '../model/socket.ts';
import type { EndpointTarget } from '../model/target.ts';
import { reasonNotToConnect, usualBudgetMs } from './ask-protocol.ts';
import { type AskLimits, askServer } from './ask-server.ts';
import { lookCloser } from './look-closer.ts';
import type { LiveContext, OperationContext } from './operation.ts';

/** Whom to ask, and what is known of it already. */
export type EndpointToAsk = {
  readonly target: EndpointTarget;
  readonly addresses: readonly string[];
  readonly message: FailureMessage | null;
  readonly facts: MachineFacts;
  /** What the client speaks; null: not told. */
  readonly client: string | null;
  /** Path and query that the user named; left out: none. */
  readonly path?: string;
  /** Whether something has to be answered though nobody tells in which protocol. */
  readonly mustAnswer?: boolean;
  /** How long it may be asked; left out: as long as usual. */
  readonly limits?: AskLimits;
};

/** A page may take longer than a handshake: a dev server compiles upon the first request. */
const usualLimits: AskLimits = { handshakesMs: usualBudgetMs, pageMs: 3_000 };

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
  const first = await dialAll(context, question);
  const reached = first.find(({ outcome }) => outcome === 'connected') ?? null;
  if (reached === null) {
    return { ...notAskedEndpoint(noConnection), ...(await look(context, question, first, false)) };
  }
  const [listener = null] = answersTo(question, [reached.address]);
  const { protocol, application, unaccepted } = await askServer(context, {
    target: question.target,
    address: reached.address,
    client: question.client,
    ...(question.path === undefined ? {} : { path: question.path }),
    listener,
    process: listener === null ? null : ownerOf(listener, question),
    insists: question.mustAnswer === true || question.message !== null,
    limits: question.limits ?? usualLimits,
  });
  // Whoever took one connection and is gone is met by a client as it is now.
  const isGone = protocol.value.status === 'unreachable' && unaccepted === null;
  const attempts = isGone ? await dialAll(context, question) : first;
  const isSilent = application?.unanswered === 'silent';
  return {
    protocol,
    application,
    unaccepted,
    ...(await look(context, question, attempts, unaccepted !== null || isSilent)),
  };
};

const noConnection = 'no connection could be made';

const dialAll = (
  { host, signal, now }: LiveContext,
  { addresses, target, limits }: EndpointToAsk,
): Promise<readonly DialAttempt[]> =>
  dialAddresses((to, until) => host.dial(to, until), dialable(addresses), target.port, {
    signal,
    now,
    ...(limits === undefined ? {} : { limitMs: Math.min(dialLimitMs, limits.pageMs) }),
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

const look = async (
  context: LiveContext,
  question: EndpointToAsk,
  attempts: readonly DialAttempt[],
  isStuck: boolean,
) => {
  const listeners = answersTo(question, question.addresses);
  const seen = await lookCloser(context, { ...question, attempts, listeners, isStuck });
  return { attempts, ...seen };
};
