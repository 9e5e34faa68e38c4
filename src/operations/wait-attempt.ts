import { dialText } from '../diagnose/dial-text.ts';
import { dialAddresses } from '../diagnose/probes/dial-addresses.ts';
import { unacceptedQueue } from '../diagnose/probes/unaccepted.ts';
import { isKnown } from '../model/known.ts';
import type { Protocol } from '../model/protocol.ts';
import { isWildcard } from '../model/scope.ts';
import type { AcceptQueue } from '../model/socket.ts';
import type { EndpointTarget } from '../model/target.ts';
import { askAddress } from './ask-protocol.ts';
import type { LiveContext } from './operation.ts';
import { reasonNotToConnectTo } from './touch.ts';
import { answersAs, type WaitCondition } from './wait-condition.ts';

/** What is waited for. */
export type WaitQuestion = { readonly target: EndpointTarget; readonly condition: WaitCondition };

/** How one attempt ended. */
export type WaitAttempt = {
  /** As the end of a sentence; null: the answer that is waited for. */
  readonly met: string | null;
  readonly protocol: Protocol;
  /** Where connections wait that nobody accepts; null: nowhere. */
  readonly stuck: { readonly address: string; readonly queue: AcceptQueue } | null;
};

/** Before the first attempt. */
export const neverAsked: WaitAttempt = {
  met: 'no answer in time',
  protocol: { status: 'not-probed', why: 'no connection could be made' },
  stuck: null,
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
  if (reached !== undefined) return askReached(context, question, reached.address);
  return failed(attempts.map(dialText).join('; '));
};

const failed = (met: string): WaitAttempt => ({ ...neverAsked, met });

/** It listens, which is all that can be told of it. */
const leftAlone = ({ condition }: WaitQuestion, why: string): WaitAttempt => ({
  met: condition.id === 'any' || condition.id === 'tcp' ? null : `it is not asked: ${why}`,
  protocol: { status: 'not-probed', why },
  stuck: null,
});

const isStillStuck = async (
  { host, signal }: LiveContext,
  { target }: WaitQuestion,
  { address, queue }: NonNullable<WaitAttempt['stuck']>,
): Promise<boolean> => {
  const now = await unacceptedQueue(host, address, target.port, signal);
  return now !== null && now.length >= queue.length;
};

/** Enough for whoever is awake; each further question would wait in the queue of one who is not. */
const briefBudgetMs = 500;

const askReached = async (
  context: LiveContext,
  { target, condition }: WaitQuestion,
  address: string,
): Promise<WaitAttempt> => {
  if (condition.id === 'tcp') {
    return { met: null, protocol: connectionAlone, stuck: null };
  }
  const look = (): Promise<AcceptQueue | null> =>
    unacceptedQueue(context.host, address, target.port, context.signal);
  const isWaiting = (await look()) !== null;
  const protocol = await askAddress(context, {
    address,
    target: condition.hint === null ? target : { ...target, scheme: condition.hint },
    listener: null,
    process: null,
    ...(isWaiting ? { budgetMs: briefBudgetMs } : {}),
  });
  const queue = protocol.status === 'identified' ? null : await look();
  if (queue !== null) {
    return { met: 'it listens, and accepts nobody', protocol, stuck: { address, queue } };
  }
  const met =
    answersAs(condition, protocol) ?? (await notReady(context, address, target, protocol));
  return { met, protocol, stuck: null };
};

const connectionAlone: Protocol = {
  status: 'not-probed',
  why: 'a connection was all that was asked for',
};

/** Some servers answer before they serve. */
const notReady = async (
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
