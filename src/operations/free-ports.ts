import type { Host } from '../host/host.ts';
import { homeportError } from '../model/error.ts';
import { isUnknown, type Known } from '../model/known.ts';
import type { Socket } from '../model/socket.ts';

const everyAddress: readonly string[] = ['127.0.0.1', '::1', '0.0.0.0', '::'];

/**
 * What a real bind says to a port: the error's name, null where it is free on `address`, or for null
 * on 127.0.0.1, ::1 and both wildcards. An address of IPv6 that this machine lacks is no obstacle.
 * `strict`: what a server with SO_REUSEADDR could still bind, as after a restart, is not free. Throws
 * `unsupported` where nothing can be bound.
 */
export const bindError = async (
  host: Host,
  port: number,
  address: string | null,
  strict: boolean,
): Promise<string | null> => {
  for (const at of address === null ? everyAddress : [address]) {
    const trial = host.tryBind({ transport: 'tcp', address: at, port });
    const error = isUnknown(trial)
      ? errorOf(await host.tryListen({ transport: 'tcp', address: at, port }))
      : (trial.reusing ?? (strict ? trial.plain : null));
    if (error !== null && !(at.includes(':') && lacking.has(error))) return error;
  }
  return null;
};

const lacking: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

const errorOf = (trial: Known<string | null>): string | null => {
  if (!isUnknown(trial)) return trial;
  throw homeportError('unsupported', `no port can be tried: ${trial.why ?? trial.unknown}`);
};

/** What the kernel's table of sockets says of ports: which addresses each is bound on now. */
export type BoundPorts = ReadonlyMap<number, readonly string[]>;

/** Asks the table of sockets of every transport, connections and what remains of them included. */
export const boundPorts = (host: Host): BoundPorts => {
  const { sockets } = host.sockets({ unix: false, states: 'connected', otherNamespaces: false });
  const bound = new Map<number, string[]>();
  for (const socket of sockets) addBound(bound, socket);
  return bound;
};

const addBound = (bound: Map<number, string[]>, socket: Socket): void => {
  if (socket.transport === 'unix' || socket.namespace !== 'this') return;
  const { port, address } = socket.local;
  const before = bound.get(port);
  if (before === undefined) bound.set(port, [address]);
  else before.push(address);
};

/** Whether a socket has the port: on `address` or on all of them; null: on any address. */
export const isBound = (bound: BoundPorts, port: number, address: string | null): boolean => {
  const addresses = bound.get(port) ?? [];
  return address === null
    ? addresses.length > 0
    : addresses.some((one) => one === address || one === '0.0.0.0' || one === '::');
};
