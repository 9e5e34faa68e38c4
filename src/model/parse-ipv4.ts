import { invalidInput } from './error.ts';
import { formatIp, isIPv4 } from './ip.ts';
import { quoted } from './parse-quote.ts';

/** Whether a host can only be an IPv4 address: its last label is a number (WHATWG URL 3.5). */
export const endsInNumber = (host: string): boolean =>
  /^(?:\d+|0x[0-9a-f]*)$/.test(host.slice(host.lastIndexOf('.') + 1));

/**
 * The canonical IPv4 address of a host that ends in a number. Besides four decimal numbers it takes
 * the other spellings of inet_aton(3) (hex, octal, fewer than four parts: `0x7f.1`, `127.1`,
 * `2130706433`, `0`), but only where they mean a loopback address or 0.0.0.0, which people do type.
 * Elsewhere such a spelling is more likely a slip: `1.2.3` lost a part, `010.0.0.1` may mean
 * 10.0.0.1 or 8.0.0.1. It is then refused, as is what no reading makes an address. Throws invalid
 * input.
 */
export const parseIPv4 = (host: string): string => {
  if (isIPv4(host)) return host;
  const value = inetAton(host);
  if (value === null) throw invalidInput(`${quoted(host)} is not an IPv4 address`, shape);
  const address = formatIp(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
  if (address.startsWith('127.') || value === 0) return address;
  throw invalidInput(
    `${quoted(host)} is not four decimal numbers`,
    `programs differ over it, some read ${address}: write the address in full`,
  );
};

const shape = 'four numbers from 0 to 255: 127.0.0.1';

/** inet_aton(3): one to four parts, the last fills what is left; null for what it does not read. */
const inetAton = (text: string): number | null => {
  const parts = text.split('.').map(partOf);
  const last = parts.at(-1) ?? null;
  const leading = parts.slice(0, -1);
  if (last === null || leading.length > 3 || last >= 256 ** (4 - leading.length)) return null;
  let value = last;
  for (const [index, part] of leading.entries()) {
    if (part === null || part > 255) return null;
    value += part * 256 ** (3 - index);
  }
  return value;
};

const partOf = (part: string): number | null => {
  if (/^0x[0-9a-f]+$/.test(part)) return Number.parseInt(part.slice(2), 16);
  if (/^0[0-7]*$/.test(part)) return Number.parseInt(part, 8);
  return /^[1-9]\d*$/.test(part) ? Number(part) : null;
};
