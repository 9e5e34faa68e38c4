import type { Family, InetSocket, Socket, SocketAddress } from '../../model/socket.ts';
import { ipv4Text, ipv6Text } from './address-text.ts';
import { dumpRows } from './dump-rows.ts';
import type { DumpResult } from './dump-rows.ts';
import type { NativeBuffer } from './ffi.ts';
import { emptyRow, notTold, socketEnd, toInetSocket } from './inet-fields.ts';
import type { InetRequest } from './inet-fields.ts';
import { cookieText, wideText } from './kernel-ids.ts';
import { headerSize } from './netlink.ts';
import type { NetlinkChannel } from './netlink.ts';
import { forEachAttribute } from './netlink-attributes.ts';
import type { VisitAttribute } from './netlink-attributes.ts';
import { hasTcpInfo, tcpState } from './socket-state.ts';
import { decodeTcpInfo } from './tcp-info.ts';

const families = { ipv4: 2, ipv6: 10 } as const;
const protocols = { tcp: 6, udp: 17 } as const;
const everyState = 0x3fff;

// struct inet_diag_req_v2 and struct inet_diag_msg (include/uapi/linux/inet_diag.h).
const requestSize = 56;
const messageSize = 72;
const sourceAt = 8;
const destinationAt = 24;
const interfaceAt = 40;
const cookieAt = 44;
const expiresAt = 52;
const receiveQueueAt = 56;
const sendQueueAt = 60;
const uidAt = 64;
const inodeAt = 68;

const infoAttribute = 2;
const v6onlyAttribute = 11;
const cgroupAttribute = 21;
const wantInfo = 1 << (infoAttribute - 1);

/**
 * Appends one table's sockets by sock_diag(7). With `states: 'listening'` the kernel walks the
 * listeners alone for TCP; with `all` connections come with their tcp_info.
 */
export const dumpInet = (channel: NetlinkChannel, table: InetRequest, rows: Socket[]): DumpResult =>
  dumpRows(
    channel,
    (request) => writeRequest(request, table),
    (reply, offset, end) => decodeInet(reply, offset, end, table),
    rows,
  );

const writeRequest = ({ bytes, words }: NativeBuffer, table: InetRequest): number => {
  const listening = table.states === 'listening' && table.transport === 'tcp';
  bytes.fill(0, headerSize, headerSize + requestSize);
  bytes[headerSize] = families[table.family];
  bytes[headerSize + 1] = protocols[table.transport];
  bytes[headerSize + 2] = table.transport === 'tcp' && table.states === 'all' ? wantInfo : 0;
  words[(headerSize + 4) >> 2] = listening ? 1 << tcpState.listen : everyState;
  // idiag_sport, in network order: the kernel skips every other port.
  bytes[headerSize + 8] = table.localPort >> 8;
  bytes[headerSize + 9] = table.localPort & 0xff;
  return requestSize;
};

/**
 * Decodes one `struct inet_diag_msg` with its attributes, between `offset` and `end` of a netlink
 * reply; null where it is cut short.
 */
export const decodeInet = (
  reply: NativeBuffer,
  offset: number,
  end: number,
  request: InetRequest,
): InetSocket | null => {
  if (end - offset < messageSize) return null;
  const { bytes, words } = reply;
  row.state = bytes[offset + 1] ?? 0;
  row.timer = bytes[offset + 2] ?? 0;
  row.retransmits = bytes[offset + 3] ?? 0;
  row.local = readEnd(reply, offset + sourceAt, offset + 4, request.family);
  row.remote = readEnd(reply, offset + destinationAt, offset + 6, request.family);
  row.interfaceIndex = word(words, offset + interfaceAt);
  row.cookie = cookieText(word(words, offset + cookieAt), word(words, offset + cookieAt + 4));
  row.expiresInMs = word(words, offset + expiresAt);
  row.received = word(words, offset + receiveQueueAt);
  row.unsent = word(words, offset + sendQueueAt);
  row.backlog = row.unsent;
  row.uid = word(words, offset + uidAt);
  row.inode = word(words, offset + inodeAt);
  readAttributes(reply, offset + messageSize, end);
  return toInetSocket(row, request);
};

// One row for all messages: its values are copied into the socket before the next is read.
const row = emptyRow();

const readAttributes = (reply: NativeBuffer, start: number, end: number): void => {
  row.cgroupId = notTold;
  row.v6only = notTold;
  row.tcpInfo = notTold;
  forEachAttribute(reply, start, end, readAttribute);
};

const readAttribute: VisitAttribute = (reply, type, at, size) => {
  const { bytes, words } = reply;
  if (type === cgroupAttribute) row.cgroupId = wideText(word(words, at), word(words, at + 4));
  else if (type === v6onlyAttribute) row.v6only = bytes[at] !== 0;
  else if (type === infoAttribute && hasTcpInfo(row.state, row.timer))
    row.tcpInfo = decodeTcpInfo(reply, at, size);
};

const word = (words: Uint32Array, at: number): number => words[at >> 2] ?? 0;

const readEnd = (
  { bytes, words }: NativeBuffer,
  addressAt: number,
  portAt: number,
  family: Family,
): SocketAddress => {
  const at = addressAt >> 2;
  const first = words[at] ?? 0;
  const address =
    family === 'ipv4'
      ? ipv4Text(first)
      : ipv6Text(first, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0);
  return socketEnd(family, address, ((bytes[portAt] ?? 0) << 8) | (bytes[portAt + 1] ?? 0));
};
