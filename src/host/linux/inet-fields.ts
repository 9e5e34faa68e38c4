import { unknown } from '../../model/known.ts';
import type { Known, Unknown } from '../../model/known.ts';
import type {
  AcceptQueue,
  Family,
  InetSocket,
  Namespace,
  SocketAddress,
} from '../../model/socket.ts';
import type { SocketState, SocketTimer, TcpInfo } from '../../model/socket.ts';
import type { SocketQuery } from '../host.ts';
import { hasTcpInfo, stateName, tcpState, timerKind } from './socket-state.ts';

/** One of the kernel's socket tables: its dump and its file below /proc/net have the same rows. */
export type InetTable = {
  readonly transport: 'tcp' | 'udp';
  readonly family: Family;
  /** Name below /proc/net. */
  readonly file: 'tcp' | 'tcp6' | 'udp' | 'udp6';
};

/** Every inet table that is read, in the order of the answer. */
export const inetTables: readonly InetTable[] = [
  { transport: 'tcp', family: 'ipv4', file: 'tcp' },
  { transport: 'tcp', family: 'ipv6', file: 'tcp6' },
  { transport: 'udp', family: 'ipv4', file: 'udp' },
  { transport: 'udp', family: 'ipv6', file: 'udp6' },
];

/** Whose rows are read, and which. */
export type InetRequest = InetTable & {
  readonly namespace: Namespace;
  readonly states: SocketQuery['states'];
  /** 0: every port. */
  readonly localPort: number;
};

/** A row as the kernel gives it, by netlink or as text: numbers not yet judged. */
export type InetRow = {
  state: number;
  timer: number;
  expiresInMs: number;
  retransmits: number;
  local: SocketAddress;
  remote: SocketAddress;
  interfaceIndex: number;
  uid: number;
  inode: number;
  cookie: Known<string>;
  cgroupId: Known<string>;
  v6only: Known<boolean>;
  /** `rqueue`: bytes, or a listener's connections not yet accepted. */
  received: number;
  /** `wqueue`: bytes. */
  unsent: number;
  backlog: Known<number>;
  tcpInfo: Known<TcpInfo>;
};

/** What procfs and old kernels do not tell. Shared, because it stands in every row. */
export const notTold: Unknown = unknown('unsupported');

const noUser = unknown('unsupported', 'The kernel names no user for a socket without a process.');

/** A row that says nothing, for a reader to fill again and again. */
export const emptyRow = (): InetRow => ({
  state: 0,
  timer: 0,
  expiresInMs: 0,
  retransmits: 0,
  local: { address: '', port: 0 },
  remote: { address: '', port: 0 },
  interfaceIndex: 0,
  uid: 0,
  inode: 0,
  cookie: notTold,
  cgroupId: notTold,
  v6only: notTold,
  received: 0,
  unsent: 0,
  backlog: notTold,
  tcpInfo: notTold,
});

/**
 * The socket that a row describes: the same judgement for both sources, of what a listener, a
 * connection and a UDP socket have and have not.
 */
export const toInetSocket = (row: Readonly<InetRow>, request: InetRequest): InetSocket => {
  const isTcp = request.transport === 'tcp';
  const isListener = isTcp && row.state === tcpState.listen;
  return {
    transport: request.transport,
    family: request.family,
    namespace: request.namespace,
    state: isTcp ? tcpStateName(row.state) : stateName(row.state),
    local: row.local,
    remote: row.remote,
    interfaceIndex: row.interfaceIndex,
    // Without an inode the kernel shows 0 for want of a user, which would read as root.
    uid: row.inode === 0 && row.uid === 0 ? noUser : row.uid,
    inode: row.inode,
    cookie: row.cookie,
    cgroupId: row.cgroupId,
    v6only: request.family === 'ipv4' ? null : row.v6only,
    acceptQueue: isListener ? acceptQueueOf(row) : null,
    receiveQueue: isListener ? 0 : row.received,
    sendQueue: isListener ? 0 : row.unsent,
    timer: isTcp && !isListener ? timerOf(row, request) : null,
    tcpInfo: isTcp && hasTcpInfo(row.state, row.timer) ? row.tcpInfo : null,
  };
};

let lastQueue: AcceptQueue = { length: 0, limit: notTold };

/** Most listeners have an empty queue of one and the same limit: they share an object. */
const acceptQueueOf = ({ received, backlog }: Readonly<InetRow>): AcceptQueue => {
  if (lastQueue.length !== received || lastQueue.limit !== backlog) {
    lastQueue = { length: received, limit: backlog };
  }
  return lastQueue;
};

// Among TCP sockets only those that are bound, and neither listen nor connect, are listed closed.
const tcpStateName = (state: number): SocketState =>
  state === tcpState.close ? 'bound-inactive' : stateName(state);

const timerOf = (row: Readonly<InetRow>, { states }: InetRequest): Known<SocketTimer> | null => {
  if (states === 'connected') return notTold;
  const kind = timerKind(row.timer);
  return kind === null
    ? null
    : { kind, expiresInMs: row.expiresInMs, retransmits: row.retransmits };
};

const noPeer: Readonly<Record<Family, SocketAddress>> = {
  ipv4: { address: '0.0.0.0', port: 0 },
  ipv6: { address: '::', port: 0 },
};

/** One end; the many sockets without a peer share one object. */
export const socketEnd = (family: Family, address: string, port: number): SocketAddress => {
  const none = noPeer[family];
  return port === 0 && address === none.address ? none : { address, port };
};
