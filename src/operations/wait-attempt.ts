import { dialText } from '../diagnose/dial-text.ts';
import { dialAddresses } from '../diagnose/probes/dial-addresses.ts';
import { unacceptedQueue } from '../diagnose/probes/unaccepted.ts';
import { isKnown } from '../model/known.ts';
import type { Protocol } from '../model/protocol.ts';
import { isWildcard } from '../model/scope.ts';
import type { AcceptQueue } from '../model/socket.ts';
import type { EndpointTarget } from '../model/target.ts';
import { askServer } from './ask-server.ts';
import type { LiveContext } from './operation.ts';
import { reasonNotToConnectTo } from './touch.ts';
import { answersAs, type WaitCondition } from './wait-condition.ts';

/** What is waited for. */
export type WaitQuestion = {
  readonly target: EndpointTarget;
  readonly condition: WaitCondition;
  /** Path and query of the page that is asked for; null: the front page. */
  readonly path: string | null;
};

/** How one attempt ended. */
export type WaitAttempt = {
  /** As the end of a sentence; null: the answer that is waited for. */
  readonly met: string | null;
  readonly protocol: Protocol;
  /** Where connections wait that nobody accepts; null: nowhere. */
  readonly stuck: { readonly address: string; readonly queue: AcceptQueue } | null;
  /** What the server says of itself where it answers and does not serve; null: nothing. */
  readonly notReady: string | null;
  /** How long, in ms, the next attempt waits for an answer. */
  readonly patienceMs: number;
};

/** The longest that the first attempts wait for an answer, in ms. */
const firstPatienceMs = 2_500;

/** Before the first attempt. */
export const neverAsked: WaitAttempt = {
  met: 'no answer in time',
  protocol: { status: 'not-probed', why: 'no connection could be made' },
  stuck: null,
  notReady: null,
  patienceMs: firstPatienceMs,
};

/**
 * Tries once to get the answer that is waited for. Where nobody has accepted anything since the
 * attempt before, none is made: each would wait in the queue of a server that is stopped.
 */
export const tryToAsk = async (
  context: LiveContext,
  question: WaitQuestion,
  last: WaitAttempt,
): Promise<WaitAttempt> => {
  if (last.stuck !== null && (await isStillStuck(context, question, last.stuck))) return last;
  const { target } = question;
  const addresses = await addressesOf(context, target);
  if (addresses.length === 0) return failed(`${target.host} has no address yet`);
  const untouched = await reasonNotToConnectTo(context, addresses, target.port);
  if (untouched !== null) return leftAlone(question, untouched);
  const { signal, now, host } = context;
  const dial: typeof host.dial = (to, until) => host.dial(to, until);
  const attempts = await dialAddresses(dial, addresses, target.port, { signal, now });
  const reached = attempts.find(({ outcome }) => outcome === 'connected');
  if (reached !== undefined) return askReached(context, question, reached.address, last);
  return failed(attempts.map(dialText).join('; '));
};

const failed = (met: string): WaitAttempt => ({ ...neverAsked, met });

/** It listens, which is all that can be told of it. */
const leftAlone = ({ condition }: WaitQuestion, why: string): WaitAttempt => ({
  ...neverAsked,
  met: condition.id === 'any' || condition.id === 'tcp' ? null : `it is not asked: ${why}`,
  protocol: { status: 'not-probed', why },
});

const isStillStuck = async (
  { host, signal }: LiveContext,
  { target }: WaitQuestion,
  { address, queue }: NonNullable<WaitAttempt['stuck']>,
): Promise<boolean> => {
  const now = await unacceptedQueue(host, address, target.port, signal);
  return now !== null && now.length >= queue.length;
};

const askReached = async (
  context: LiveContext,
  question: WaitQuestion,
  address: string,
  { patienceMs }: WaitAttempt,
): Promise<WaitAttempt> => {
  const { target, condition, path } = question;
  if (condition.id === 'tcp') return { ...neverAsked, met: null, protocol: connectionAlone };
  const { protocol, application, unaccepted } = await askServer(context, {
    address,
    target: condition.hint === null ? target : { ...target, scheme: condition.hint },
    client: condition.expected,
    ...(path === null ? {} : { path }),
    listener: null,
    process: null,
    insists: condition.id === 'any',
    limits: { handshakesMs: patienceMs, pageMs: condition.id === 'tls' ? 0 : patienceMs },
  });
  if (unaccepted !== null) {
    const stuck = { address, queue: unaccepted };
    const met = 'it listens, and accepts nobody';
    return { ...neverAsked, met, protocol: protocol.value, stuck };
  }
  const answered = answersAs(condition, { protocol: protocol.value, application });
  const notReady =
    answered === null ? await readiness(context, address, target, protocol.value) : null;
  const met = answered ?? notReady;
  // Who was silent may need longer than it was given.
  const next = met === null ? patienceMs : patienceMs * 2;
  return { met, protocol: protocol.value, stuck: null, notReady, patienceMs: next };
};

const connectionAlone: Protocol = {
  status: 'not-probed',
  why: 'a connection was all that was asked for',
};

/** Some servers answer before they serve. */
const readiness = async (
  context: LiveContext,
  address: string,
  { port }: EndpointTarget,
  protocol: Protocol,
): Promise<string | null> => {
  if (protocol.status !== 'identified') return null;
  const { askReadiness } = await import('../protocols/ask-readiness.ts');
  return askReadiness({
    dial: (to, signal) => context.host.dial(to, signal),
    target: { transport: 'tcp', address, port },
    protocol: protocol.id,
    signal: context.signal,
  });
};

const addressesOf = async (
  context: LiveContext,
  { host, address }: EndpointTarget,
): Promise<readonly string[]> => {
  if (address !== null && isWildcard(address)) return [address.includes(':') ? '::1' : '127.0.0.1'];
  if (address !== null) return [address];
  if (host === null) return ['127.0.0.1', '::1'];
  const resolution = await context.host.resolve(host, context.signal);
  context.signal.throwIfAborted();
  if (isKnown(resolution)) return resolution.addresses.map((one) => one.address);
  return host === 'localhost' ? ['127.0.0.1', '::1'] : [];
};
