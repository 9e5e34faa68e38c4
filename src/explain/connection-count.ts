import type { InetSocket, Socket } from '../model/socket.ts';

const wildcards: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/**
 * Counts the connections that arrived at a group of listening sockets: sockets of its family with a
 * peer whose local end is the listener's address (or any, for a wildcard listener) and port. A
 * connection has the family of the socket that took it, so that `::` counts what came over IPv4 only
 * where it took that itself (as `::ffff:…`, ipv6(7)).
 */
export const connectionCounter = (
  sockets: readonly Socket[],
): ((group: readonly [InetSocket, ...InetSocket[]]) => number) => {
  const exact = new Map<string, number>();
  const anyAddress = new Map<string, number>();
  for (const socket of sockets) {
    if (socket.transport === 'unix' || socket.remote.port === 0) continue;
    if (socket.state === 'time-wait') continue;
    const port = portOf(socket);
    add(exact, `${port} ${socket.local.address}`);
    add(anyAddress, port);
  }
  return ([socket]) => {
    const port = portOf(socket);
    return wildcards.has(socket.local.address)
      ? (anyAddress.get(port) ?? 0)
      : (exact.get(`${port} ${socket.local.address}`) ?? 0);
  };
};

const portOf = ({ namespace, transport, family, local }: InetSocket): string =>
  `${namespace} ${transport} ${family} ${local.port}`;

const add = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
