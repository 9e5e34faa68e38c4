import { notAcceptedYet, type Connection, type End } from '../model/connection.ts';
import { unmapped } from '../model/ip.ts';
import { isKnown, type Known, knownOr, unknown } from '../model/known.ts';
import type { Machine } from '../model/machine.ts';
import type { Process } from '../model/process.ts';
import { scopeOf } from '../model/scope.ts';
import type { InetSocket, Socket, SocketAddress, TcpInfo } from '../model/socket.ts';
import type { Judgement } from './judgement.ts';
import { isInetListener } from './listeners.ts';
import { nobodySeen } from './owners.ts';

/**
 * Every connection of a snapshot once, with both ends: a loopback connection is two sockets and one
 * row. The server is the end whose address somebody listens on; where nobody does (any more) the
 * end outside the ephemeral range, said as `guessed-by-port`.
 */
export const pairConnections = (judgement: Judgement): readonly Connection[] => {
  const { sockets } = judgement.index.snapshot;
  const isServed = servedAddresses(sockets);
  const byEnds = new Map<string, InetSocket>();
  const connected = sockets.filter(isConnected);
  for (const socket of connected) byEnds.set(endsKey(socket, socket.local, socket.remote), socket);
  const paired = new Set<InetSocket>();
  const datagrams = datagramServers(sockets);
  return connected.flatMap((socket) => {
    if (paired.has(socket)) return [];
    const other = byEnds.get(endsKey(socket, socket.remote, socket.local)) ?? datagrams(socket);
    paired.add(socket);
    if (other !== null) paired.add(other);
    return [connectionOf(socket, other === socket ? null : other, isServed, judgement)];
  });
};

/** Tells whether a socket is one end of a connection: it has a peer. */
export const isConnected = (socket: Socket): socket is InetSocket =>
  socket.transport !== 'unix' && socket.remote.port !== 0;

const endsKey = (socket: InetSocket, from: SocketAddress, to: SocketAddress): string =>
  `${socket.namespace} ${socket.transport} ${unmapped(from.address)} ${from.port} ${unmapped(to.address)} ${to.port}`;

type Served = (socket: InetSocket, end: SocketAddress) => boolean;

const servedAddresses = (sockets: readonly Socket[]): Served => {
  const served = new Set<string>();
  for (const socket of sockets) {
    if (!isInetListener(socket)) continue;
    const { address, port } = socket.local;
    const where = address === '::' || address === '0.0.0.0' ? '*' : unmapped(address);
    served.add(`${socket.namespace} ${socket.transport} ${where} ${port}`);
  }
  return (socket, end) =>
    served.has(`${socket.namespace} ${socket.transport} * ${end.port}`) ||
    served.has(`${socket.namespace} ${socket.transport} ${unmapped(end.address)} ${end.port}`);
};

/** A UDP server has one socket for all its clients: the one bound where they send to. */
const datagramServers = (
  sockets: readonly Socket[],
): ((client: InetSocket) => InetSocket | null) => {
  const bound = new Map<string, InetSocket>();
  for (const socket of sockets) {
    if (socket.transport !== 'udp' || !isInetListener(socket)) continue;
    bound.set(`${socket.namespace} ${unmapped(socket.local.address)} ${socket.local.port}`, socket);
  }
  return ({ transport, namespace, remote }) => {
    if (transport !== 'udp' || !isLoopback(remote)) return null;
    const at = (host: string) => bound.get(`${namespace} ${host} ${remote.port}`) ?? null;
    const address = unmapped(remote.address);
    const all = at('::');
    if (address.includes(':')) return at(address) ?? all;
    return at(address) ?? at('0.0.0.0') ?? (all?.v6only === true ? null : all);
  };
};

const connectionOf = (
  socket: InetSocket,
  other: InetSocket | null,
  isServed: Served,
  judgement: Judgement,
): Connection => {
  const { machine } = judgement.index.snapshot;
  const { direction, localIsServer } = directionOf(socket, other, isServed, machine);
  const [clientSocket, serverSocket] = localIsServer ? [other, socket] : [socket, other];
  const [clientAddress, serverAddress] = localIsServer
    ? [socket.remote, socket.local]
    : [socket.local, socket.remote];
  return {
    transport: socket.transport,
    namespace: socket.namespace,
    client: endOf(clientSocket, clientAddress, judgement),
    server: endOf(serverSocket, serverAddress, judgement),
    direction,
    state: socket.transport === 'udp' ? socket.state : (serverSocket ?? socket).state,
    ...counters(clientSocket, serverSocket),
  };
};

const directionOf = (
  socket: InetSocket,
  other: InetSocket | null,
  isServed: Served,
  machine: Machine,
): { direction: Connection['direction']; localIsServer: boolean } => {
  const here = isServed(socket, socket.local);
  const there =
    other === null
      ? isLoopback(socket.remote) && isServed(socket, socket.remote)
      : isServed(other, other.local);
  if (here !== there) return { direction: 'listener', localIsServer: here };
  const range = knownOr(machine.ephemeralRange, null);
  const ephemeral = (port: number): boolean =>
    range !== null && port >= range.first && port <= range.last;
  const [local, remote] = [ephemeral(socket.local.port), ephemeral(socket.remote.port)];
  if (local !== remote) return { direction: 'guessed-by-port', localIsServer: !local };
  return { direction: 'unknown', localIsServer: false };
};

const endOf = (socket: InetSocket | null, address: SocketAddress, judgement: Judgement): End => {
  if (socket === null) {
    const elsewhere = isLoopback(address)
      ? unknown('gone', 'its socket is closed already')
      : unknown('other-namespace', 'not a socket of this machine that could be seen');
    return {
      address: address.address,
      port: address.port,
      local: false,
      pid: elsewhere,
      alsoHeldBy: [],
      program: elsewhere,
      project: null,
      inode: null,
    };
  }
  const [process = null, ...others] = holdersOf(socket, judgement);
  const project = process === null ? null : judgement.project(process);
  const why = waitsInQueue(socket) ? notAcceptedYet : nobodySeen([socket], judgement);
  return {
    address: address.address,
    port: address.port,
    local: true,
    pid: process?.pid ?? why,
    alsoHeldBy: others.map(({ pid }) => pid),
    program: process === null ? why : judgement.program(process).name,
    project: project !== null && isKnown(project) ? project.name : null,
    inode: socket.inode,
  };
};

/** No process has a descriptor of a connection before it accepts it (listen(2)): its inode is 0. */
const waitsInQueue = ({ transport, inode, state }: InetSocket): boolean =>
  transport === 'tcp' && inode === 0 && (state === 'established' || state === 'close-wait');

/** Both ends of a loopback connection are sockets of one namespace: one that is not there has closed. */
const isLoopback = ({ address }: SocketAddress): boolean => scopeOf(address) === 'loopback';

/** Oldest first: who opened a socket is older than who inherited it. */
const holdersOf = (socket: InetSocket, judgement: Judgement): readonly Process[] =>
  judgement.index
    .holders(socket.inode)
    .flatMap(({ pid }) => judgement.index.process(pid) ?? [])
    .sort((a, b) => a.startTicks - b.startTicks);

const counters = (client: InetSocket | null, server: InetSocket | null) => {
  const clientInfo = infoOf(client);
  const serverInfo = infoOf(server);
  return {
    bytesToServer: serverInfo?.bytesReceived ?? clientInfo?.bytesSent ?? notCounted,
    bytesToClient: clientInfo?.bytesReceived ?? serverInfo?.bytesSent ?? notCounted,
    rttMs: (serverInfo ?? clientInfo)?.rttMs ?? notCounted,
    retransmits: retransmitsOf([clientInfo, serverInfo]),
  } satisfies Record<string, Known<number>>;
};

const notCounted = unknown('unsupported', 'not counted for this socket');

const infoOf = (socket: InetSocket | null): TcpInfo | null =>
  knownOr(socket?.tcpInfo ?? null, null);

const retransmitsOf = (ends: readonly (TcpInfo | null)[]): Known<number> => {
  const counted = ends.filter((end) => end !== null);
  return counted.length === 0
    ? notCounted
    : counted.reduce((sum, { retransmits }) => sum + retransmits, 0);
};
