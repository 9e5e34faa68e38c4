import { unmapped } from '../model/ip.ts';
import { isKnown, type Known, knownOr } from '../model/known.ts';
import type { Machine, PortRange } from '../model/machine.ts';
import type { InetSocket } from '../model/socket.ts';
import type { MachineFacts } from './facts.ts';

/** What holds ephemeral ports between one local address and one destination. */
export type DestinationUse = {
  readonly from: string;
  readonly address: string;
  readonly port: number;
  readonly sockets: readonly InetSocket[];
};

/**
 * How many ports the kernel may hand out for connections from one address to one destination: the
 * ephemeral range without the reserved ports (`ip_local_port_range`, `ip_local_reserved_ports`).
 */
export const ephemeralRoom = ({ ephemeralRange, reservedPorts }: Machine): Known<number> => {
  if (!isKnown(ephemeralRange)) return ephemeralRange;
  const reserved = knownOr(reservedPorts, []).map((range) => overlap(range, ephemeralRange));
  return reserved.reduce((room, ports) => room - ports, portsIn(ephemeralRange));
};

/**
 * Who holds ephemeral ports towards whom, the most first. A port may serve several destinations: the
 * kernel tells connections apart by both ends (RFC 9293 3.3.1), so only those to one and the same
 * count together. What a server has accepted is left out: it has the server's own port.
 */
export const ephemeralUse = (
  { snapshot, listeners }: MachineFacts,
  range: PortRange,
): readonly DestinationUse[] => {
  const served = new Set(
    listeners.flatMap((one) =>
      one.transport === 'tcp' && one.namespace === 'this' ? [one.port] : [],
    ),
  );
  const held = snapshot.sockets.filter(
    (socket): socket is InetSocket =>
      socket.transport === 'tcp' && holdsPort(socket, range) && !served.has(socket.local.port),
  );
  const byDestination = Map.groupBy(held, ({ local, remote }) =>
    [unmapped(local.address), unmapped(remote.address), remote.port].join(' '),
  );
  return [...byDestination.values()]
    .flatMap((sockets) => {
      const [first] = sockets;
      return first === undefined ? [] : [destinationOf(first, sockets)];
    })
    .toSorted((a, b) => b.sockets.length - a.sockets.length);
};

const holdsPort = ({ namespace, local, remote }: InetSocket, { first, last }: PortRange) =>
  namespace === 'this' && remote.port !== 0 && local.port >= first && local.port <= last;

const destinationOf = (
  { local, remote }: InetSocket,
  sockets: readonly InetSocket[],
): DestinationUse => ({
  from: unmapped(local.address),
  address: unmapped(remote.address),
  port: remote.port,
  sockets,
});

const portsIn = ({ first, last }: PortRange): number => Math.max(0, last - first + 1);

const overlap = (one: PortRange, other: PortRange): number =>
  portsIn({ first: Math.max(one.first, other.first), last: Math.min(one.last, other.last) });
