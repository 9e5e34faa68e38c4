import type { Family } from './socket.ts';

/**
 * The bytes of an address in network order: 4 for IPv4, 16 for IPv6; null for anything that is not
 * an address. IPv4 is four decimal numbers without leading zeros; an IPv6 zone is not an address.
 */
export const ipBytes = (address: string): Uint8Array | null => {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number);
  return address.includes(':') ? ipv6Bytes(address) : null;
};

/** Whether a text is an IPv4 address in four decimal numbers. */
export const isIPv4 = (text: string): boolean => ipv4.test(text);

/** Whether a text is an IPv6 address; with `zone`, one behind a `%` may follow. */
export const isIPv6 = (text: string, zone: 'zone' | null = null): boolean => {
  const [address = '', ...rest] = text.split('%');
  if (rest.length > (zone === null ? 0 : 1) || rest[0] === '') return false;
  return address.includes(':') && ipv6Bytes(address) !== null;
};

// node:net has these two, and costs a tenth of a bare start.
const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/**
 * The canonical text of 4 or 16 bytes in network order: dotted decimal, or RFC 5952. An IPv4-mapped
 * address is written `::ffff:127.0.0.1` (RFC 5952 5). Throws a RangeError for any other length.
 */
export const formatIp = (bytes: Uint8Array): string => {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16)
    throw new RangeError(`an address has 4 or 16 bytes, not ${bytes.length}`);
  if (isMapped(bytes)) return `::ffff:${bytes.subarray(12).join('.')}`;
  return formatGroups(groupsOf(bytes));
};

/** The canonical text of an address written in any standard way; null for anything else. */
export const canonicalIp = (text: string): string | null => {
  const bytes = ipBytes(text);
  return bytes === null ? null : formatIp(bytes);
};

/** The family of an address; null for anything that is not one. */
export const familyOf = (address: string): Family | null => {
  if (isIPv4(address)) return 'ipv4';
  return isIPv6(address, 'zone') ? 'ipv6' : null;
};

/** The IPv4 address inside an IPv4-mapped IPv6 one (RFC 4291 2.5.5.2); null for any other. */
export const mappedIPv4 = (address: string): string | null => {
  if (isIPv4(address)) return null;
  const bytes = ipBytes(address);
  return bytes !== null && isMapped(bytes) ? bytes.subarray(12).join('.') : null;
};

/** The address that packets really carry: the inner one of an IPv4-mapped address, else the same. */
export const unmapped = (address: string): string => mappedIPv4(address) ?? address;

/** A block of addresses, as `parseBlock` makes it. */
export type Block = { readonly bytes: Uint8Array; readonly prefixLength: number };

/** Reads `127.0.0.0/8`. Throws a RangeError where it is not an address and a fitting length. */
export const parseBlock = (cidr: string): Block => {
  const [address = '', length = ''] = cidr.split('/');
  const bytes = ipBytes(address);
  const prefixLength = Number(length);
  const fits = /^\d{1,3}$/.test(length) && bytes !== null && prefixLength <= bytes.length * 8;
  if (!fits) throw new RangeError(`not a block of addresses: ${cidr}`);
  return { bytes, prefixLength };
};

/** Whether the bytes of an address lie in a block. An IPv4-mapped address lies in IPv6 blocks only. */
export const bytesInBlock = (bytes: Uint8Array, block: Block): boolean => {
  if (bytes.length !== block.bytes.length) return false;
  const whole = block.prefixLength >> 3;
  for (let index = 0; index < whole; index += 1) {
    if (bytes[index] !== block.bytes[index]) return false;
  }
  const mask = (0xff00 >> (block.prefixLength & 7)) & 0xff;
  return ((bytes[whole] ?? 0) & mask) === ((block.bytes[whole] ?? 0) & mask);
};

/** Whether an address lies in a block (`127.0.0.0/8`); false for text that is not an address. */
export const inBlock = (address: string, cidr: string): boolean => {
  const bytes = ipBytes(address);
  return bytes !== null && bytesInBlock(bytes, parseBlock(cidr));
};

/** Orders addresses for a table: IPv4 before IPv6, each by number; other text last, by code unit. */
export const compareAddresses = (a: string, b: string): number => {
  const left = ipBytes(a);
  const right = ipBytes(b);
  if (left === null && right === null) return a < b ? -1 : Number(a > b);
  if (left === null) return 1;
  if (right === null) return -1;
  return left.length - right.length || Buffer.compare(left, right);
};

/** RFC 4291 2.2: eight groups, one run of zeros as `::`, the last two groups as IPv4 or not. */
const ipv6Bytes = (address: string): Uint8Array | null => {
  const [head = '', tail, ...more] = address.split('::');
  if (more.length > 0) return null;
  const first = bytesOfGroups(head, tail === undefined);
  const last = bytesOfGroups(tail ?? '', true);
  if (first === null || last === null) return null;
  const length = first.length + last.length;
  if (tail === undefined ? length !== 16 : length > 14) return null;
  const bytes = new Uint8Array(16);
  bytes.set(first, 0);
  bytes.set(last, 16 - last.length);
  return bytes;
};

const bytesOfGroups = (text: string, isEnd: boolean): readonly number[] | null => {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [at, group] of groups.entries()) {
    if (isEnd && at === groups.length - 1 && isIPv4(group)) {
      bytes.push(...group.split('.').map(Number));
    } else {
      if (!/^[\da-f]{1,4}$/i.test(group)) return null;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
};

const isMapped = (bytes: Uint8Array): boolean =>
  bytes.length === 16 &&
  bytes[10] === 0xff &&
  bytes[11] === 0xff &&
  bytes.subarray(0, 10).every((byte) => byte === 0);

const groupsOf = (bytes: Uint8Array): number[] =>
  Array.from(
    { length: 8 },
    (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0),
  );

const formatGroups = (groups: readonly number[]): string => {
  const hex = (part: readonly number[]): string =>
    part.map((group) => group.toString(16)).join(':');
  const zeros = longestZeros(groups);
  if (zeros.length < 2) return hex(groups);
  return `${hex(groups.slice(0, zeros.start))}::${hex(groups.slice(zeros.start + zeros.length))}`;
};

/** The longest run of zero groups, the first of equals (RFC 5952 4.2.3). */
const longestZeros = (groups: readonly number[]): { start: number; length: number } => {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index - start + 1 > best.length) best = { start, length: index - start + 1 };
  });
  return best;
};
