import type { Duplex } from 'node:stream';
import type { DialTarget, Host } from '../host/host.ts';
import { exchange, type Exchange } from './exchange.ts';
import { nameIdentification } from './identification.ts';
import type {
  ConversationProbe,
  Identification,
  ProbeTarget,
  ProtocolProbe,
} from './protocol-probe.ts';

/** What every attempt of one probing shares. */
export type AttemptContext = {
  readonly dial: Host['dial'];
  readonly dialTarget: DialTarget;
  readonly target: ProbeTarget;
  readonly signal: AbortSignal;
  /** What is left of the whole budget, in ms. */
  readonly remainingMs: () => number;
  /** Finds a kind by its id. */
  readonly kind: (id: string) => ProtocolProbe | null;
};

export type AttemptResult =
  | Exchange
  | { readonly outcome: 'unreachable'; readonly thrown: unknown };

/** The longest that making a connection may take, in ms. */
const connectMs = 500;

/** The longest that a greeting may take once its first byte has come, in ms. */
const greetingMs = 500;

/**
 * Asks one question on a fresh connection, which takes `limitMs` at most once it is made. The
 * connection is destroyed whatever happens. Never rejects.
 */
export const attempt = async (
  context: AttemptContext,
  probe: ProtocolProbe,
  limitMs: number,
): Promise<AttemptResult> => {
  const connecting = timeLimit(context.signal, Math.min(connectMs, context.remainingMs()));
  try {
    const stream = await context.dial(context.dialTarget, connecting.signal);
    return await askAndDestroy(context, probe, stream, Math.min(limitMs, context.remainingMs()));
  } catch (thrown) {
    return { outcome: 'unreachable', thrown: connecting.expired() ? timedOut() : thrown };
  } finally {
    connecting.release();
  }
};

const timedOut = (): Error =>
  Object.assign(new Error('connecting took too long'), { code: 'ETIMEDOUT' });

const askAndDestroy = async (
  context: AttemptContext,
  probe: ProtocolProbe,
  stream: Duplex,
  limitMs: number,
): Promise<Exchange> => {
  // Keeps a reset that comes between two questions from being an uncaught error.
  stream.on('error', ignore);
  const time = timeLimit(context.signal, 'converse' in probe ? limitMs : limitMs + greetingMs);
  const destroy = (): void => void stream.destroy();
  time.signal.addEventListener('abort', destroy, { once: true });
  try {
    if (time.signal.aborted) destroy();
    return await ask({ context, stream, limitMs, signal: time.signal }, probe);
  } finally {
    time.release();
    destroy();
  }
};

const ignore = (): void => undefined;

/** A signal that aborts with the outer one or after `ms`; `release` lets go of both. */
const timeLimit = (outer: AbortSignal, ms: number) => {
  const limit = new AbortController();
  let expired = false;
  const onTime = (): void => {
    expired = true;
    limit.abort();
  };
  const onOuter = (): void => limit.abort(outer.reason);
  const timer = setTimeout(onTime, Math.max(1, ms));
  outer.addEventListener('abort', onOuter, { once: true });
  if (outer.aborted) onOuter();
  const release = (): void => {
    clearTimeout(timer);
    outer.removeEventListener('abort', onOuter);
  };
  return { signal: limit.signal, expired: () => expired, release };
};

/** One open connection on which questions are asked. */
type Line = {
  readonly context: AttemptContext;
  readonly stream: Duplex;
  readonly limitMs: number;
  readonly signal: AbortSignal;
};

const ask = (line: Line, probe: ProtocolProbe): Promise<Exchange> =>
  'converse' in probe
    ? converse(line, probe)
    : exchange(line.stream, probe, line.context.target, {
        firstByteMs: line.limitMs,
        totalMs: probe.hello === null ? greetingMs : line.limitMs,
      });

const converse = async (line: Line, probe: ConversationProbe): Promise<Exchange> => {
  const { stream, signal } = line;
  try {
    const identification = await probe.converse(stream, {
      target: line.context.target,
      signal,
      inside: (inner, probes) => askInside({ ...line, stream: inner }, probes),
    });
    if (identification !== null) {
      return { outcome: 'identified', identification: nameIdentification(identification, probe) };
    }
  } catch {
    // What a library throws at a server that speaks something else is no answer.
  }
  return { outcome: 'nothing', bytes: new Uint8Array(), how: signal.aborted ? 'silent' : 'closed' };
};

/** Asks over one inner stream until somebody understands, or the server said something else. */
const askInside = async (
  line: Line,
  probes: readonly (ProtocolProbe | string)[],
): Promise<Identification | null> => {
  for (const one of probes) {
    const probe = typeof one === 'string' ? line.context.kind(one) : one;
    if (probe === null) continue;
    const limitMs = Math.min(line.limitMs, probe.patienceMs ?? line.limitMs);
    const result = await ask({ ...line, limitMs }, probe);
    if (result.outcome === 'identified') return result.identification;
    if (result.bytes.length > 0) return null;
  }
  return null;
};
