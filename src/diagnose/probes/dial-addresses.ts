import type { Duplex } from 'node:stream';
import type { Host } from '../../host/host.ts';
import type { DialAttempt } from '../../model/diagnosis.ts';

/** The longest that one connection may take, in ms. */
export const dialLimitMs = 1_000;

/** Connecting to more addresses than this tells no more. */
const mostAddresses = 4;

/**
 * Connects to each address once, side by side, and closes again without a word. Resolves within
 * `limitMs`, in the addresses' order; rejects with the signal's reason alone. `now` in ms.
 */
export const dialAddresses = (
  dial: Host['dial'],
  addresses: readonly string[],
  port: number,
  options: { readonly signal: AbortSignal; readonly now: () => number; readonly limitMs?: number },
): Promise<readonly DialAttempt[]> =>
  Promise.all(
    addresses.slice(0, mostAddresses).map(async (address) => {
      const started = options.now();
      const met = await dialOnce(dial, address, port, options);
      options.signal.throwIfAborted();
      return { address, port, ...met, durationMs: options.now() - started };
    }),
  );

type Met = Pick<DialAttempt, 'outcome' | 'code'>;

const dialOnce = async (
  dial: Host['dial'],
  address: string,
  port: number,
  { signal, limitMs = dialLimitMs }: { signal: AbortSignal; limitMs?: number },
): Promise<Met> => {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    const both = AbortSignal.any([signal, limit.signal]);
    const stream = await dial({ transport: 'tcp', address, port }, both);
    const met = isItself(stream, port) ? itself : connected;
    stream.on('error', ignore).destroy();
    return met;
  } catch (thrown) {
    if (limit.signal.aborted) return { outcome: 'timed-out', code: null };
    const code = codeOf(thrown);
    return { outcome: outcomes[code ?? ''] ?? 'failed', code };
  } finally {
    clearTimeout(timer);
  }
};

const connected: Met = { outcome: 'connected', code: null };
const itself: Met = { outcome: 'met-itself', code: null };
const ignore = (): void => undefined;

/** TCP's simultaneous open (RFC 9293 3.5): a socket that was given the very port it connects to. */
const isItself = (stream: Duplex, port: number): boolean =>
  'localPort' in stream && stream.localPort === port;

const codeOf = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
    ? thrown.code
    : null;

const outcomes: Readonly<Record<string, DialAttempt['outcome']>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  ECONNRESET: 'reset',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EADDRNOTAVAIL: 'address-not-available',
  EINVAL: 'no-route',
  EACCES: 'denied',
  EPERM: 'denied',
};
