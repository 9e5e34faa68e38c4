import type { Namespace, Socket, UnixName, UnixSocket } from '../../model/socket.ts';
import { dumpRows } from './dump-rows.ts';
import type { DumpResult } from './dump-rows.ts';
import type { NativeBuffer } from './ffi.ts';
import { notTold } from './inet-fields.ts';
import { cookieText } from './kernel-ids.ts';
import { headerSize } from './netlink.ts';
import type { NetlinkChannel } from './netlink.ts';
import { forEachAttribute } from './netlink-attributes.ts';
import { stateName, tcpState } from './socket-state.ts';
import { takesPeers, unixType, unnamed } from './unix-fields.ts';
import type { UnixRequest } from './unix-fields.ts';

const unixFamily = 1;

// struct unix_diag_req and struct unix_diag_msg (include/uapi/linux/unix_diag.h).
const requestSize = 24;
const messageSize = 16;
const everyState = 0xffff_ffff;
const showName = 0x1;
const showPeer = 0x4;
const showQueues = 0x10;
const showUid = 0x40;

const nameAttribute = 0;
const peerAttribute = 2;
const queuesAttribute = 4;
const uidAttribute = 7;

/**
 * Appends the unix sockets of the channel's namespace by sock_diag(7). `listening`: sockets that
 * accept connections, and bound datagram sockets: these read as `established` once anybody has
 * connected to them, so that the kernel can't choose by state.
 */
export const dumpUnix = (
  channel: NetlinkChannel,
  request: UnixRequest,
  rows: Socket[],
): DumpResult =>
  dumpRows(
    channel,
    writeRequest,
    (reply, offset, end) => decodeUnix(reply, offset, end, request),
    rows,
  );

const writeRequest = ({ bytes, words }: NativeBuffer): number => {
  bytes.fill(0, headerSize, headerSize + requestSize);
  bytes[headerSize] = unixFamily;
  words[(headerSize + 4) >> 2] = everyState;
  words[(headerSize + 12) >> 2] = showName | showPeer | showQueues | showUid;
  return requestSize;
};

/**
 * Decodes one `struct unix_diag_msg` with its attributes, between `offset` and `end` of a netlink
 * reply; null where it is cut short or not among the states that are asked for.
 */
export const decodeUnix = (
  reply: NativeBuffer,
  offset: number,
  end: number,
  { namespace, states }: UnixRequest,
): UnixSocket | null => {
  if (end - offset < messageSize) return null;
  const { bytes, words } = reply;
  const type = unixType(bytes[offset + 1] ?? 0);
  const state = bytes[offset + 2] ?? 0;
  const isListener = state === tcpState.listen;
  if (type === null || (states === 'listening' && !isListener && type !== 'dgram')) return null;
  const row = emptyRow(namespace, type, state);
  row.inode = words[(offset + 4) >> 2] ?? 0;
  row.cookie = cookieText(words[(offset + 8) >> 2] ?? 0, words[(offset + 12) >> 2] ?? 0);
  readAttributes(reply, offset + messageSize, end, row);
  return states !== 'listening' || takesPeers(row) ? row : null;
};

type Row = { -readonly [Key in keyof UnixSocket]: UnixSocket[Key] };

const emptyRow = (namespace: Namespace, type: UnixSocket['type'], state: number): Row => ({
  transport: 'unix',
  namespace,
  type,
  state: stateName(state),
  name: unnamed,
  inode: 0,
  peerInode: null,
  uid: notTold,
  cookie: notTold,
  acceptQueue: null,
  receiveQueue: 0,
  sendQueue: 0,
});

const readAttributes = (reply: NativeBuffer, start: number, end: number, row: Row): void => {
  const { words } = reply;
  forEachAttribute(reply, start, end, (_reply, type, at, size) => {
    const value = words[at >> 2] ?? 0;
    if (type === nameAttribute) row.name = decodeName(reply, at, size);
    else if (type === peerAttribute) row.peerInode = value;
    else if (type === uidAttribute) row.uid = value;
    else if (type === queuesAttribute) setQueues(row, value, words[(at + 4) >> 2] ?? 0);
  });
};

const setQueues = (row: Row, first: number, second: number): void => {
  if (row.state === 'listen') row.acceptQueue = { length: first, limit: second };
  else {
    row.receiveQueue = first;
    row.sendQueue = second;
  }
};

// An abstract name is every byte behind the leading NUL (unix(7)); a path ends at its first NUL.
const decodeName = ({ bytes }: NativeBuffer, at: number, size: number): UnixName => {
  if (size === 0) return unnamed;
  if (bytes[at] === 0) return { kind: 'abstract', name: bytes.toString('utf8', at + 1, at + size) };
  const nul = bytes.indexOf(0, at);
  const end = nul === -1 || nul > at + size ? at + size : nul;
  return { kind: 'path', path: bytes.toString('utf8', at, end) };
};
