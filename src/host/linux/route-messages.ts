import { formatIp } from '../../model/ip.ts';
import type { Route } from '../../model/network.ts';
import type { NativeBuffer } from './ffi.ts';
import { ask, headerSize, type NetlinkChannel } from './netlink.ts';
import { forEachAttribute } from './netlink-attributes.ts';

/** What the kernel said of one destination; the interface by its index, 0: none. */
export type RouteAnswer = Omit<Route, 'interface'> & { readonly interfaceIndex: number };

/**
 * A network interface. `flags`: IFF_UP and the others of netdevice(7). `state`: its IF_OPER_* number of
 * linux/if.h, 0 where it is not told.
 */
export type Link = {
  readonly index: number;
  readonly name: string;
  readonly flags: number;
  readonly state: number;
};

// Message types and attributes of rtnetlink(7): include/uapi/linux/rtnetlink.h and if_link.h.
const getRoute = 26;
const getLink = 18;
const attribute = { destination: 1, outInterface: 4, gateway: 5, preferredSource: 7, via: 18 };
const linkNameAttribute = 3;
const linkStateAttribute = 16;
// struct rtvia: the family, then the address.
const viaAddressAt = 2;

// struct rtmsg and struct ifinfomsg, and where in them the type of the route, the index and the flags stand.
const routeSize = 12;
const routeTypeAt = 7;
const linkSize = 16;
const linkIndexAt = 4;
const linkFlagsAt = 8;
const attributeHeaderSize = 4;

const families = { 4: 2, 16: 10 } as const;

const kinds: readonly Route['kind'][] = [
  'none',
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
];

/**
 * Asks what the kernel would do with a packet to an address of 4 or 16 bytes, sent by this process;
 * `interfaceIndex` 0: out of any interface. A number is the errno of the refusal.
 */
export const askRoute = (
  channel: NetlinkChannel,
  destination: Uint8Array,
  interfaceIndex: number,
): RouteAnswer | number =>
  ask(
    channel,
    getRoute,
    writeRouteRequest(channel.request, destination, interfaceIndex),
    decodeRoute,
  );

/** Asks for the interface of an index, or of a name. A number is the errno of the refusal. */
export const askLink = (channel: NetlinkChannel, wanted: number | string): Link | number =>
  ask(channel, getLink, writeLinkRequest(channel.request, wanted), decodeLink);

const writeRouteRequest = (
  request: NativeBuffer,
  destination: Uint8Array,
  interfaceIndex: number,
): number => {
  const { bytes, words } = request;
  bytes.fill(0, headerSize, headerSize + routeSize);
  bytes[headerSize] = destination.length === 4 ? families[4] : families[16];
  bytes[headerSize + 1] = destination.length * 8;
  let size = routeSize + writeAttribute(request, routeSize, attribute.destination, destination);
  if (interfaceIndex !== 0) {
    words[(headerSize + size) >> 2] = (attributeHeaderSize + 4) | (attribute.outInterface << 16);
    words[(headerSize + size + attributeHeaderSize) >> 2] = interfaceIndex;
    size += attributeHeaderSize + 4;
  }
  return size;
};

const writeLinkRequest = (request: NativeBuffer, wanted: number | string): number => {
  request.bytes.fill(0, headerSize, headerSize + linkSize);
  if (typeof wanted === 'string') {
    const name = Buffer.from(`${wanted}\0`);
    return linkSize + writeAttribute(request, linkSize, linkNameAttribute, name);
  }
  request.words[(headerSize + linkIndexAt) >> 2] = wanted;
  return linkSize;
};

/** Returns how many bytes it takes, padding included. */
const writeAttribute = (
  { bytes, words }: NativeBuffer,
  at: number,
  type: number,
  value: Uint8Array,
): number => {
  const start = headerSize + at;
  const size = attributeHeaderSize + value.length;
  const padded = (size + 3) & ~3;
  bytes.fill(0, start, start + padded);
  words[start >> 2] = size | (type << 16);
  bytes.set(value, start + attributeHeaderSize);
  return padded;
};

const decodeRoute = (reply: NativeBuffer, offset: number, end: number): RouteAnswer | null => {
  if (end - offset < routeSize) return null;
  const { bytes, words } = reply;
  let interfaceIndex = 0;
  let gateway: string | null = null;
  let source: string | null = null;
  forEachAttribute(reply, offset + routeSize, end, (_reply, type, at, size) => {
    const value = bytes.subarray(at, at + size);
    if (type === attribute.outInterface) interfaceIndex = words[at >> 2] ?? 0;
    else if (type === attribute.gateway) gateway = addressOf(value);
    else if (type === attribute.via) gateway = addressOf(value.subarray(viaAddressAt));
    else if (type === attribute.preferredSource) source = addressOf(value);
  });
  const kind = kinds[bytes[offset + routeTypeAt] ?? 0] ?? 'none';
  return { kind, interfaceIndex, gateway, source };
};

const addressOf = (bytes: Uint8Array): string | null =>
  bytes.length === 4 || bytes.length === 16 ? formatIp(bytes) : null;

const decodeLink = (reply: NativeBuffer, offset: number, end: number): Link | null => {
  if (end - offset < linkSize) return null;
  const { bytes, words } = reply;
  let name: string | null = null;
  let state = 0;
  forEachAttribute(reply, offset + linkSize, end, (_reply, type, at, size) => {
    if (type === linkNameAttribute) name = bytes.toString('utf8', at, at + size - 1);
    else if (type === linkStateAttribute) state = bytes[at] ?? 0;
  });
  if (name === null) return null;
  const index = words[(offset + linkIndexAt) >> 2] ?? 0;
  return { index, name, flags: words[(offset + linkFlagsAt) >> 2] ?? 0, state };
};
