import type { Socket, UnixName, UnixSocket } from '../../model/socket.ts';
import { notTold } from './inet-fields.ts';
import { forEachLine } from './lines.ts';
import { takesPeers, unixType, unnamed } from './unix-fields.ts';
import type { UnixRequest } from './unix-fields.ts';

// Num: RefCount Protocol Flags Type St Inode Path (proc(5), /proc/net/unix); one space before the path.
const shape =
  /^[^:]+: [\dA-F]+ [\dA-F]+ (?<flags>[\dA-F]+) (?<type>[\dA-F]+) (?<state>[\dA-F]+) +(?<inode>\d+)(?: (?<name>.*))?$/s;

const acceptsConnections = 0x10000;
// SS_CONNECTED of include/uapi/linux/net.h.
const connected = 3;

/**
 * Appends the sockets of /proc/net/unix, given as text. Lines of another shape (the rest of a path
 * with a line feed in it) are left out. Peer, uid and cookie are `unsupported`, the lengths of
 * queues are not told; a NUL within an abstract name reads as `@`.
 */
export const parseUnixTable = (text: string, request: UnixRequest, rows: Socket[]): void => {
  forEachLine(text, 1, (line) => {
    const row = parseLine(line, request);
    if (row !== null && (request.states !== 'listening' || takesPeers(row))) rows.push(row);
  });
};

const parseLine = (line: string, { namespace }: UnixRequest): UnixSocket | null => {
  const fields = shape.exec(line)?.groups;
  const type = unixType(Number.parseInt(fields?.['type'] ?? '', 16));
  const inode = Number(fields?.['inode']);
  // Inode 0: an end that nobody has accepted yet, which sock_diag leaves out too.
  if (fields === undefined || type === null || inode === 0) return null;
  const isListener = (Number.parseInt(fields['flags'] ?? '', 16) & acceptsConnections) !== 0;
  const isConnected = Number.parseInt(fields['state'] ?? '', 16) === connected;
  return {
    transport: 'unix',
    namespace,
    type,
    state: isListener ? 'listen' : isConnected ? 'established' : 'close',
    name: parseName(fields['name'] ?? ''),
    inode,
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
