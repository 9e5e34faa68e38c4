import type * as Net from 'node:net';
import type { LoopbackTrip } from '../model/diagnosis.ts';
import type { Family } from '../model/socket.ts';

const budgetMs = 500;
const addresses = { ipv4: '127.0.0.1', ipv6: '::1' } as const;

/**
 * Listens on a free port of 127.0.0.1 or ::1 for a moment, connects to it, and sends a byte there and
 * back. Resolves within half a second (`code` ETIMEDOUT where that is over) with everything closed.
 * Rejects with the signal's reason alone.
 */
export const makeLoopbackTrip = async (
  family: Family,
  signal: AbortSignal,
): Promise<LoopbackTrip> => {
  signal.throwIfAborted();
  const net = await import('node:net');
  signal.throwIfAborted();
  const startedAt = performance.now();
  const code = await goThereAndBack(net, addresses[family], signal);
  signal.throwIfAborted();
  const durationMs = performance.now() - startedAt;
  return { family, outcome: code === null ? 'made' : 'failed', code, durationMs };
};

/** null: the byte came back; else the system's error, or ETIMEDOUT. */
const goThereAndBack = (
  { createServer, connect }: typeof Net,
  host: string,
  signal: AbortSignal,
): Promise<string | null> => {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const open = new Set<Net.Server | Net.Socket>();
  const watch = <T extends Net.Server | Net.Socket>(end: T): T => {
    open.add(end);
    end.on('error', (error) => resolve(codeOf(error)));
    return end;
  };
  const server = watch(createServer());
  server.on('connection', (socket) => watch(socket).once('data', (byte) => socket.write(byte)));
  server.listen({ host, port: 0, exclusive: true }, () => {
    const client = watch(connect({ host, port: portOf(server) }));
    client.once('connect', () => client.write('\0'));
    client.once('data', () => resolve(null));
    client.once('close', () => resolve('ECONNRESET'));
  });
  const timer = setTimeout(() => resolve('ETIMEDOUT'), budgetMs);
  const onAbort = (): void => resolve(null);
  signal.addEventListener('abort', onAbort, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    for (const end of open) {
      if ('destroy' in end) end.destroy();
      else end.close();
    }
  });
};

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.message;

const portOf = (server: Net.Server): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
