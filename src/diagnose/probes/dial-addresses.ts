import type { Duplex } from 'node:stream';
import type { Host } from '../../host/host.ts';
import type { DialAttempt } from '../../model/diagnosis.ts';
import { within } from '../within.ts';

/** The longest that one connection may take, in ms. */
export const dialLimitMs = 1_000;

/** Connecting to more addresses than this tells no more. */
const mostAddresses = 4;

/**
 * Connects to each address once, side by side, and closes again without a word. Resolves within
 * `limitMs`, in the addresses' order; rejects with the signal's reason alone.
 */
export const dialAddresses = (
  dial: Host['dial'],
  addresses: readonly string[],
  port: number,
  { signal, now, limitMs = dialLimitMs }: DialOptions,
): Promise<readonly DialAttempt[]> =>
  Promise.all(
    addresses.slice(0, mostAddresses).map(async (address) => {
      const started = now();
      const once = (limit: AbortSignal): Promise<Met> => dialOnce(dial, address, port, limit);
      const met = (await within(limitMs, signal, once)) ?? tooLate;
      return { address, port, ...met, durationMs: now() - started };
    }),
  );

export type DialOptions = {
  readonly signal: AbortSignal;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  readonly limitMs?: number;
};

type Met = Pick<DialAttempt, 'outcome' | 'code'>;

const dialOnce = async (
  dial: Host['dial'],
  address: string,
  port: number,
  limit: AbortSignal,
): Promise<Met> => {
  try {
    const stream = await dial({ transport: 'tcp', address, port }, limit);
    const met = isItself(stream, port) ? itself : connected;
    stream.on('error', ignore).destroy();
    return met;
  } catch (thrown) {
    const code = codeOf(thrown);
    return { outcome: outcomes[code ?? ''] ?? 'failed', code };
  }
};

const tooLate: Met = { outcome: 'timed-out', code: null };
const connected: Met = { outcome: 'connected', code: null };
const itself: Met = { outcome: 'met-itself', code: null };
const ignore = (): void => undefined;

/** TCP's simultaneous open (RFC 9293 3.5): a socket that was given the very port it connects to. */
const isItself = (stream: Duplex, port: number): boolean =>
  'localPort' in stream &&
  stream.localPort === port &&
  'localAddress' in stream &&
  'remoteAddress' in stream &&
  stream.localAddress === stream.remoteAddress;

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
  EAFNOSUPPORT: 'address-not-available',
  EINVAL: 'no-route',
  EACCES: 'denied',
  EPERM: 'denied',
};
