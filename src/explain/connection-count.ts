import { unmapped } from '../model/ip.ts';
import type { InetSocket, Socket } from '../model/socket.ts';

const wildcards: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * Counts the connections that arrived at a group of listening sockets: sockets with a peer whose
 * local end is the listener's address (or any, for a wildcard listener) and port.
 */
export const connectionCounter = (
  sockets: readonly Socket[],
): ((group: readonly [InetSocket, ...InetSocket[]]) => number) => {
  const exact = new Map<string, number>();
  const anyAddress = new Map<string, number>();
  for (const socket of sockets) {
    if (socket.transport === 'unix' || socket.remote.port === 0) continue;
    if (socket.state === 'time-wait') continue;
    const port = `${socket.namespace} ${socket.transport} ${socket.local.port}`;
    add(exact, `${port} ${unmapped(socket.local.address)}`);
    add(anyAddress, port);
  }
  return ([socket]) => {
    const port = `${socket.namespace} ${socket.transport} ${socket.local.port}`;
    return wildcards.has(socket.local.address)
      ? (anyAddress.get(port) ?? 0)
      : (exact.get(`${port} ${unmapped(socket.local.address)}`) ?? 0);
  };
};

const add = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
