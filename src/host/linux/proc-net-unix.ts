import type { Socket, UnixName, UnixSocket } from '../../model/socket.ts';
import { notTold } from './inet-fields.ts';
import { forEachLine } from './lines.ts';
import { takesPeers, unixType, unnamed } from './unix-fields.ts';
import type { UnixRequest } from './unix-fields.ts';

// Num: RefCount Protocol Flags Type St Inode Path (proc(5)), as net/unix/af_unix.c prints them:
// "%pK: %08X %08X %08X %04X %02X %5lu", and one space before the path.
const shape =
  /^[^:]+: [\dA-F]{8} [\dA-F]{8} (?<flags>[\dA-F]{8}) (?<type>[\dA-F]{4}) (?<state>[\dA-F]{2}) +(?<inode>\d+)(?: (?<name>.*))?$/s;

const acceptsConnections = 0x10000;
// SS_CONNECTED of include/uapi/linux/net.h.
const connected = 3;

/**
 * Appends the sockets of /proc/net/unix, given as text. Peer, uid and cookie are `unsupported`, the
 * lengths of queues are not told; a NUL within an abstract name reads as `@`.
 *
 * The kernel prints a line feed of a name as it is. What follows it and is no row belongs to the name
 * before; what looks like a row can't be told from one. No such row takes another socket's place:
 * where several claim one inode, all are left out. Returns how many inodes that are.
 */
export const parseUnixTable = (text: string, request: UnixRequest, rows: Socket[]): number => {
  const claims = Map.groupBy(readRows(text), ({ inode }) => inode);
  // Inode 0: an end that nobody has accepted yet, which sock_diag leaves out too.
  claims.delete(0);
  let ambiguous = 0;
  for (const [claim, ...others] of claims.values()) {
    if (others.length > 0) ambiguous += 1;
    const row = claim === undefined || others.length > 0 ? null : socketOf(claim, request);
    if (row !== null && (request.states !== 'listening' || takesPeers(row))) rows.push(row);
  }
  return ambiguous;
};

type Row = {
  readonly flags: number;
  readonly type: number;
  readonly state: number;
  readonly inode: number;
  name: string;
};

const readRows = (text: string): readonly Row[] => {
  const rows: Row[] = [];
  forEachLine(text, 1, (line) => {
    const fields = shape.exec(line)?.groups;
    const last = rows.at(-1);
    if (fields !== undefined) rows.push(rowOf(fields));
    else if (last !== undefined) last.name += `\n${line}`;
  });
  return rows;
};

const rowOf = (fields: Readonly<Record<string, string | undefined>>): Row => ({
  flags: Number.parseInt(fields['flags'] ?? '', 16),
  type: Number.parseInt(fields['type'] ?? '', 16),
  state: Number.parseInt(fields['state'] ?? '', 16),
  inode: Number(fields['inode']),
  name: fields['name'] ?? '',
});

const socketOf = (row: Row, { namespace }: UnixRequest): UnixSocket | null => {
  const type = unixType(row.type);
  if (type === null) return null;
  const isListener = (row.flags & acceptsConnections) !== 0;
  const isConnected = row.state === connected;
  return {
    transport: 'unix',
    namespace,
    type,
    state: isListener ? 'listen' : isConnected ? 'established' : 'close',
    name: parseName(row.name),
    inode: row.inode,
    peerInode: isConnected ? notTold : null,
    uid: notTold,
    cookie: notTold,
    acceptQueue: null,
    receiveQueue: 0,
    sendQueue: 0,
  };
};

const parseName = (text: string): UnixName => {
  if (text === '') return unnamed;
  return text.startsWith('@')
    ? { kind: 'abstract', name: text.slice(1) }
    : { kind: 'path', path: text };
};
