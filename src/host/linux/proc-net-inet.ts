import type { Family, InetSocket, Socket, SocketAddress } from '../../model/socket.ts';
import { ipv4Text, ipv6Text } from './address-text.ts';
import { emptyRow, socketEnd, toInetSocket } from './inet-fields.ts';
import type { InetRequest, InetRow } from './inet-fields.ts';
import { nextRow, readNumber, readWord, skipColon } from './row-cursor.ts';
import type { RowCursor } from './row-cursor.ts';
import { tcpState } from './socket-state.ts';

// Timers are given in ticks of USER_HZ, 100 a second on every architecture.
const msPerTick = 10;
const keepaliveTimer = 2;
const probeTimer = 4;

/**
 * Appends the sockets of /proc/net/{tcp,tcp6,udp,udp6}, given as read. Lines of another shape are
 * left out. What the text does not tell (cookie, cgroup, IPV6_V6ONLY, backlog, tcp_info) is
 * `unsupported`, and `interfaceIndex` always 0.
 */
export const parseInetTable = (content: Uint8Array, request: InetRequest, rows: Socket[]): void => {
  const cursor: RowCursor = { bytes: content, at: 0, isWrong: false };
  const row = emptyRow();
  while (nextRow(cursor)) {
    const socket = readRow(cursor, row, request);
    if (socket !== null) rows.push(socket);
  }
};

// sl local rem st tx:rx tr:when retrnsmt uid timeout inode (proc(5), /proc/net/tcp).
const readRow = (cursor: RowCursor, row: InetRow, request: InetRequest): InetSocket | null => {
  readNumber(cursor, 10);
  skipColon(cursor);
  row.local = readEnd(cursor, request.family);
  row.remote = readEnd(cursor, request.family);
  row.state = readNumber(cursor, 16);
  if (isUnwanted(row, request)) return null;
  row.unsent = readNumber(cursor, 16);
  row.received = readNumber(cursor, 16);
  row.timer = readNumber(cursor, 16);
  row.expiresInMs = readNumber(cursor, 16) * msPerTick;
  row.retransmits = readNumber(cursor, 16);
  row.uid = readNumber(cursor, 10);
  const timeouts = readNumber(cursor, 10);
  // Keepalives and window probes are counted in the column `timeout`.
  if (row.timer === keepaliveTimer || row.timer === probeTimer) row.retransmits = timeouts;
  row.inode = readNumber(cursor, 10);
  return cursor.isWrong ? null : toInetSocket(row, request);
};

const isUnwanted = ({ state }: InetRow, { transport, states }: InetRequest): boolean =>
  transport === 'tcp' && states === 'listening' && state !== tcpState.listen;

const readEnd = (cursor: RowCursor, family: Family): SocketAddress => {
  const first = readWord(cursor);
  const address =
    family === 'ipv4'
      ? ipv4Text(first)
      : ipv6Text(first, readWord(cursor), readWord(cursor), readWord(cursor));
  skipColon(cursor);
  return socketEnd(family, address, readNumber(cursor, 16));
};
