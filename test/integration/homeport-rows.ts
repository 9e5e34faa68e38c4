import { isKnown, knownOr } from '../../src/model/known.ts';
import type { InetSocket, SocketState, UnixSocket } from '../../src/model/socket.ts';
import type { HeldSocket, ListenerList } from '../../src/operations/list-listeners.ts';
import { asUser } from '../support/as-user.ts';
import { launcher } from '../support/launcher.ts';
import { keyOf, type Row } from './ss-rows.ts';

/** Runs `homeport ls --all --json` and brings every socket to the terms of a row of `ss`. */
export const readHomeport = (uid?: number): ReadonlyMap<string, Row> => {
  const text = asUser(uid, process.execPath, [launcher, 'ls', '--all', '--json'], 'utf8');
  const { sockets = [] } = JSON.parse(text) as ListenerList;
  return new Map(
    sockets
      .filter(({ namespace }) => namespace === 'this')
      .map(rowOf)
      .map((row) => [keyOf(row), row]),
  );
};

const rowOf = (socket: HeldSocket): Row =>
  socket.transport === 'unix' ? unixRow(socket) : inetRow(socket);

const inetRow = (socket: InetSocket & HeldSocket): Row => ({
  netid: socket.transport,
  state: stateNames[socket.state],
  receive: String(socket.acceptQueue?.length ?? socket.receiveQueue),
  send: String(
    socket.acceptQueue === null ? socket.sendQueue : knownOr(socket.acceptQueue.limit, '?'),
  ),
  local: endText(socket, socket.local),
  peer: endText(socket, socket.remote),
  users: usersOf(socket),
  uid: String(knownOr(socket.uid, '?')),
  inode: String(socket.inode),
  cookie: knownOr(socket.cookie, '?'),
  v6only: v6onlyOf(socket),
});

const unixRow = (socket: UnixSocket & HeldSocket): Row => ({
  netid: { stream: 'u_str', dgram: 'u_dgr', seqpacket: 'u_seq' }[socket.type],
  state: stateNames[socket.state],
  receive: String(socket.acceptQueue?.length ?? socket.receiveQueue),
  send: String(
    socket.acceptQueue === null ? socket.sendQueue : knownOr(socket.acceptQueue.limit, '?'),
  ),
  local: unixName(socket),
  peer: String(socket.peerInode === null ? 0 : knownOr(socket.peerInode, '?')),
  users: usersOf(socket),
  inode: String(socket.inode),
});

const unixName = ({ name }: UnixSocket): string => {
  if (name.kind === 'unnamed') return '*';
  const text = name.kind === 'path' ? name.path : `@${name.name.replaceAll('\0', '@')}`;
  return Buffer.from(text, 'utf8').toString('latin1');
};

/** `ss` writes `*` for a dual-stack wildcard, `[::]` for an IPv6-only one, and `*` for no port. */
const endText = (socket: InetSocket, end: { address: string; port: number }): string => {
  const port = end.port === 0 ? '*' : String(end.port);
  if (socket.family === 'ipv4') return `${end.address}:${port}`;
  const dual = isKnown(socket.v6only) && socket.v6only === false;
  return end.address === '::' && dual ? `*:${port}` : `[${end.address}]:${port}`;
};

/** A socket in TIME_WAIT has no options any more; `ss` prints none. */
const v6onlyOf = ({ v6only }: InetSocket): string =>
  v6only === null || !isKnown(v6only) ? '' : v6only ? '1' : '0';

const usersOf = ({ holders }: HeldSocket): string =>
  isKnown(holders)
    ? holders
        .flatMap(({ pid, fds }) => fds.map((fd) => `${pid}:${fd}`))
        .sort()
        .join(' ')
    : '';

const stateNames: Readonly<Record<SocketState, string>> = {
  established: 'ESTAB',
  'syn-sent': 'SYN-SENT',
  'syn-recv': 'SYN-RECV',
  'fin-wait-1': 'FIN-WAIT-1',
  'fin-wait-2': 'FIN-WAIT-2',
  'time-wait': 'TIME-WAIT',
  close: 'UNCONN',
  'close-wait': 'CLOSE-WAIT',
  'last-ack': 'LAST-ACK',
  listen: 'LISTEN',
  closing: 'CLOSING',
  'new-syn-recv': 'SYN-RECV',
  'bound-inactive': 'BOUND-INACTIVE',
};
