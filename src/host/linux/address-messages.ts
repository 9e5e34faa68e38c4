import { formatIp } from '../../model/ip.ts';
import type { InterfaceAddress } from '../../model/machine.ts';
import type { NativeBuffer } from './ffi.ts';
import { dump, headerSize, type NetlinkChannel } from './netlink.ts';
import { forEachAttribute } from './netlink-attributes.ts';

// Message type and attribute of rtnetlink(7): include/uapi/linux/rtnetlink.h and if_addr.h.
const getAddresses = 22;
const localAttribute = 2;
const ipv4Family = 2;

// struct ifaddrmsg: family, length of the prefix, and the interface's index in its last word.
const addressSize = 8;
const prefixLengthAt = 1;
const indexAt = 4;

/**
 * Asks for the IPv4 addresses of all interfaces, those that are down included, which no other table
 * tells. Interface index → its addresses; what came before a failure is kept.
 */
export const askIPv4Addresses = (
  channel: NetlinkChannel,
): ReadonlyMap<number, readonly InterfaceAddress[]> => {
  const found = new Map<number, InterfaceAddress[]>();
  const { bytes } = channel.request;
  bytes.fill(0, headerSize, headerSize + addressSize);
  bytes[headerSize] = ipv4Family;
  dump(
    channel,
    addressSize,
    (reply, offset, end) => {
      const [index, address] = decode(reply, offset, end);
      if (address !== null) found.set(index, [...(found.get(index) ?? []), address]);
    },
    getAddresses,
  );
  return found;
};

const decode = (
  reply: NativeBuffer,
  offset: number,
  end: number,
): readonly [index: number, address: InterfaceAddress | null] => {
  const { bytes, words } = reply;
  if (end - offset < addressSize) return [0, null];
  const prefixLength = bytes[offset + prefixLengthAt] ?? 0;
  let address: InterfaceAddress | null = null;
  forEachAttribute(reply, offset + addressSize, end, (_reply, type, at, size) => {
    if (type !== localAttribute || size !== 4) return;
    address = { family: 'ipv4', address: formatIp(bytes.subarray(at, at + size)), prefixLength };
  });
  return [words[(offset + indexAt) >> 2] ?? 0, address];
};
