import type { Family, InetSocket, Socket, SocketAddress } from '../../model/socket.ts';
import { ipv4Text, ipv6Text } from './address-text.ts';
import { notTold, socketEnd, toInetSocket } from './inet-fields.ts';
import type { InetRequest, InetRow } from './inet-fields.ts';
import { forEachLine } from './lines.ts';
import { tcpState } from './socket-state.ts';

// sl local rem st tx:rx tr:when retrnsmt uid timeout inode: proc(5), /proc/net/tcp.
const fieldCount = 10;
// Timers are given in ticks of USER_HZ, 100 a second on every architecture.
const msPerTick = 10;
const keepaliveTimer = 2;
const probeTimer = 4;

/**
 * Appends the sockets of /proc/net/{tcp,tcp6,udp,udp6}, given as text. Lines of another shape are
 * left out. What the text does not tell (cookie, cgroup, IPV6_V6ONLY, backlog, tcp_info) is
 * `unsupported`, and `interfaceIndex` always 0.
 */
export const parseInetTable = (text: string, request: InetRequest, rows: Socket[]): void => {
  forEachLine(text, 1, (line) => {
    const row = parseLine(line, request);
    if (row !== null) rows.push(row);
  });
};

const parseLine = (line: string, request: InetRequest): InetSocket | null => {
  const fields = line.trim().split(/\s+/);
  if (fields.length < fieldCount) return null;
  const state = hex(fields[3]);
  if (request.transport === 'tcp' && request.states === 'listening' && state !== tcpState.listen)
    return null;
  const local = parseEnd(fields[1] ?? '', request.family);
  const remote = parseEnd(fields[2] ?? '', request.family);
  const inode = Number(fields[9]);
  if (local === null || remote === null || Number.isNaN(inode)) return null;
  return toInetSocket({ ...parseCounts(fields), state, local, remote, inode }, request);
};

type Counts = Omit<InetRow, 'state' | 'local' | 'remote' | 'inode'>;

const parseCounts = (fields: readonly string[]): Counts => {
  const [unsent, received] = pair(fields[4]);
  const [timer, ticks] = pair(fields[5]);
  return {
    timer,
    expiresInMs: ticks * msPerTick,
    // Keepalives and window probes are counted in the column `timeout`.
    retransmits:
      timer === keepaliveTimer || timer === probeTimer ? Number(fields[8]) : hex(fields[6]),
    interfaceIndex: 0,
    uid: Number(fields[7]),
    cookie: notTold,
    cgroupId: notTold,
    v6only: notTold,
    received,
    unsent,
    backlog: notTold,
    tcpInfo: notTold,
  };
};

const hex = (text: string | undefined): number => Number.parseInt(text ?? '', 16);

const pair = (text: string | undefined): readonly [number, number] => {
  const [first, second] = (text ?? '').split(':');
  return [hex(first), hex(second)];
};

const parseEnd = (text: string, family: Family): SocketAddress | null => {
  const digits = family === 'ipv4' ? 8 : 32;
  const port = hex(text.slice(digits + 1));
  if (text[digits] !== ':' || Number.isNaN(port)) return null;
  const word = (index: number): number => hex(text.slice(index * 8, index * 8 + 8));
  const address =
    family === 'ipv4' ? ipv4Text(word(0)) : ipv6Text(word(0), word(1), word(2), word(3));
  return socketEnd(family, address, port);
};
