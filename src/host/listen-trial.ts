import { type Known, unknown } from '../model/known.ts';
import type { BindEndpoint } from './host.ts';

/**
 * Listens on a TCP endpoint for a moment and closes it: a real bind where libc can't be called.
 * Resolves with the system's error (`EADDRINUSE`, `EACCES` …), or null where it was free. Who
 * connects at that moment is reset.
 */
export const tryListen = async ({
  transport,
  address,
  port,
}: BindEndpoint): Promise<Known<string | null>> => {
  if (transport !== 'tcp') return unknown('unsupported', 'only TCP can be listened on');
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => {
      resolve('code' in error ? String(error.code) : error.message);
    });
    server.listen({ host: address, port, exclusive: true }, () => {
      server.close(() => resolve(null));
    });
  });
};
