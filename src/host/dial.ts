import type { Duplex } from 'node:stream';
import { homeportError } from '../model/error.ts';
import type { DialTarget } from './host.ts';

// struct sockaddr_un holds 108 bytes with the final NUL (unix(7)); Node cuts longer paths silently.
const longestPath = 107;

/**
 * Connects to a TCP address or a unix socket. Rejects with the system's error (`code` ECONNREFUSED
 * …), with invalid input for a path longer than a socket's can be, or with the signal's reason; an
 * abort after it has connected changes nothing. The caller destroys the stream.
 */
export const dial = async (target: DialTarget, signal: AbortSignal): Promise<Duplex> => {
  signal.throwIfAborted();
  if (target.transport === 'unix' && Buffer.byteLength(target.path) > longestPath) {
    throw homeportError('invalid-input', `a unix socket's path has at most ${longestPath} bytes`);
  }
  const { connect } = await import('node:net');
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const socket =
      target.transport === 'unix'
        ? connect({ path: target.path })
        : connect({ host: target.address, port: target.port });
    const onAbort = (): void => void socket.destroy(abortError(signal));
    const onError = (error: Error): void => {
      signal.removeEventListener('abort', onAbort);
      reject(error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', onError);
    socket.once('connect', () => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
      resolve(socket);
    });
  });
};

const abortError = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('stopped', { cause: signal.reason });
