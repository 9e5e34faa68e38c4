import { sumOfQueues } from '../model/accept-queue.ts';
import { isKnown, unknown } from '../model/known.ts';
import type { InetListener, Listener, UnixListener } from '../model/listener.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { InetSocket, Socket, UnixSocket } from '../model/socket.ts';
import { connectionCounter } from './connection-count.ts';
import { exposureOf, unixExposure } from './exposure.ts';
import type { Judgement } from './judgement.ts';
import { originOfCgroup } from './origin-of-cgroup.ts';
import { acceptedConnections, type Ownership, ownershipOf } from './owners.ts';
import { cgroupOf, containerReference } from './snapshot-index.ts';

/**
 * Every listener of a snapshot: one row an address (an SO_REUSEPORT group is one row), TCP and UDP
 * by port, then unix by name. A UDP socket without a peer counts as listening.
 */
export const judgeListeners = (judgement: Judgement): readonly Listener[] => {
  const { sockets } = judgement.index.snapshot;
  const accepted = acceptedConnections(sockets, judgement);
  const connections = connectionCounter(sockets);
  const inet = groupByAddress(sockets).map((group) =>
    inetListener(group, judgement, ownershipOf(group, judgement, accepted), connections(group)),
  );
  const unix = sockets
    .filter(isUnixListener)
    .map((socket) => unixListener(socket, judgement, ownershipOf([socket], judgement, accepted)));
  return [...inet, ...unix.sort(byName)];
};

/** Tells whether a socket waits for peers: a TCP listener, or a bound UDP socket without a peer. */
export const isInetListener = (socket: Socket): socket is InetSocket =>
  (socket.transport === 'tcp' && socket.state === 'listen') ||
  (socket.transport === 'udp' && socket.remote.port === 0 && socket.local.port !== 0);

/** Tells whether a unix socket waits for peers under a name. */
export const isUnixListener = (socket: Socket): socket is UnixSocket =>
  socket.transport === 'unix' &&
  socket.name.kind !== 'unnamed' &&
  (socket.state === 'listen' || (socket.type === 'dgram' && socket.peerInode === null));

type Group = [InetSocket, ...InetSocket[]];

/** By port. Sorted first, so that equal addresses are neighbours: there may be tens of thousands. */
const groupByAddress = (sockets: readonly Socket[]): readonly Group[] => {
  const groups: Group[] = [];
  for (const socket of sockets.filter(isInetListener).sort(byAddress)) {
    const group = groups.at(-1);
    if (group !== undefined && byAddress(group[0], socket) === 0) group.push(socket);
    else groups.push([socket]);
  }
  return groups;
};

const byAddress = (a: InetSocket, b: InetSocket): number =>
  a.local.port - b.local.port ||
  compareText(a.transport, b.transport) ||
  compareText(a.family, b.family) ||
  compareText(a.local.address, b.local.address) ||
  compareText(a.namespace, b.namespace) ||
  a.interfaceIndex - b.interfaceIndex;

const inetListener = (
  group: Group,
  judgement: Judgement,
  ownership: Ownership,
  connectionCount: number,
): InetListener => {
  const socket = group[0];
  const { snapshot } = judgement.index;
  const bound = boundInterface(socket, snapshot);
  const facts = ownerFacts(socket, judgement, ownership);
  return {
    transport: socket.transport,
    family: socket.family,
    address: socket.local.address,
    port: socket.local.port,
    namespace: socket.namespace,
    v6only: socket.family === 'ipv6' && socket.local.address === '::' ? socket.v6only : null,
    interface: bound,
    ...facts,
    exposure: exposureOf({
      transport: socket.transport,
      family: socket.family,
      address: socket.local.address,
      port: socket.local.port,
      namespace: socket.namespace,
      v6only: socket.v6only,
      interfaceName: bound,
      interfaces: snapshot.interfaces,
      containers: snapshot.containers,
      containerId: facts.container?.id ?? null,
    }),
    queue: queueOf(group),
    sockets: group.map(({ inode, cookie }) => ({ inode, cookie })),
    connectionCount,
  };
};

const boundInterface = (socket: InetSocket, snapshot: Snapshot): string | null =>
  snapshot.interfaces.find(
    (one) => one.index === socket.interfaceIndex && one.namespace === socket.namespace,
  )?.name ?? null;

const unixListener = (
  socket: UnixSocket,
  judgement: Judgement,
  ownership: Ownership,
): UnixListener => ({
  transport: 'unix',
  type: socket.type,
  path: socket.name.kind === 'path' ? socket.name.path : null,
  abstract: socket.name.kind === 'abstract' ? socket.name.name : null,
  namespace: socket.namespace,
  ...ownerFacts(socket, judgement, ownership),
  exposure: unixExposure(socket.name, socket.namespace),
  queue: socket.acceptQueue,
  sockets: [{ inode: socket.inode, cookie: socket.cookie }],
  connectionCount: 0,
});

const ownerFacts = (socket: Socket, judgement: Judgement, ownership: Ownership) => {
  const { process, owners, heldByInit } = ownership;
  const uid = socket.uid;
  const user = isKnown(uid) ? (judgement.index.snapshot.users[String(uid)] ?? null) : null;
  if (process === null) {
    const why = isKnown(owners) ? unknown('gone') : owners;
    const cgroup = cgroupOfSocket(socket, judgement);
    return {
      uid,
      user,
      owners,
      program: why,
      project: why,
      origin: originOfCgroup(cgroup, judgement.index, why),
      container: containerReference(judgement.index.container(cgroup)),
      since: why,
    };
  }
  return {
    uid,
    user,
    owners,
    program: judgement.program(process),
    project: judgement.project(process),
    origin: judgement.origin(process, heldByInit),
    container: containerReference(judgement.index.container(cgroupOf(process))),
    since: process.startedAt,
  };
};

const cgroupOfSocket = (socket: Socket, judgement: Judgement): string | null => {
  if (socket.transport === 'unix' || !isKnown(socket.cgroupId)) return null;
  return judgement.index.snapshot.cgroups[socket.cgroupId] ?? null;
};

const queueOf = (group: Group): Listener['queue'] =>
  sumOfQueues(group.flatMap(({ acceptQueue }) => acceptQueue ?? []));

const byName = (a: UnixListener, b: UnixListener): number =>
  compareText(a.path ?? `@${a.abstract ?? ''}`, b.path ?? `@${b.abstract ?? ''}`);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
