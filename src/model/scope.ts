import type { AddressScope } from './explanation.ts';
import { bytesInBlock, ipBytes, parseBlock, unmapped } from './ip.ts';
import type { Block } from './ip.ts';

/** A block of addresses with one meaning, and the document that gives it this meaning. */
export type ScopeBlock = {
  readonly block: string;
  readonly scope: AddressScope;
  readonly source: string;
  /** What the block is for, a few words; null where the scope says it all. */
  readonly use: string | null;
};

/**
 * The block an address belongs to; null for text that is not an address. An IPv4-mapped address is
 * judged by the address inside. Blocks that are not routed on the Internet for whatever reason
 * (documentation, benchmarks, reserved) are `private`: IANA's special-purpose registries, RFC 6890.
 */
export const scopeBlockOf = (address: string): ScopeBlock | null => {
  const before = remembered.get(address);
  if (before !== undefined) return before;
  const block = findBlock(address);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(address, block);
  return block;
};

// A machine has few addresses and many sockets on each.
const remembered = new Map<string, ScopeBlock | null>();
const mostRemembered = 4096;

const findBlock = (address: string): ScopeBlock | null => {
  const bytes = ipBytes(unmapped(address));
  if (bytes === null) return null;
  return table.find((row) => bytesInBlock(bytes, row.parsed)) ?? null;
};

/** Where an address reaches from; null for text that is not an address. */
export const scopeOf = (address: string): AddressScope | null =>
  scopeBlockOf(address)?.scope ?? null;

/** Whether an address is a loopback one: 127.0.0.0/8, ::1, or mapped of the former. */
export const isLoopback = (address: string): boolean => scopeOf(address) === 'loopback';

/** Whether an address stands for every address of its family: 0.0.0.0, ::, ::ffff:0.0.0.0. */
export const isWildcard = (address: string): boolean => scopeOf(address) === 'wildcard';

const row = (
  block: string,
  scope: AddressScope,
  source: string,
  use: string | null = null,
): ScopeBlock & { readonly parsed: Block } => ({
  block,
  scope,
  source,
  use,
  parsed: parseBlock(block),
});

/** First match wins, so narrower blocks stand before those that contain them. */
const table = [
  row('127.0.0.0/8', 'loopback', 'RFC 1122 3.2.1.3'),
  row('0.0.0.0/32', 'wildcard', 'RFC 1122 3.2.1.3'),
  row('::1/128', 'loopback', 'RFC 4291 2.5.3'),
  row('::/128', 'wildcard', 'RFC 4291 2.5.2'),
  row('10.0.0.0/8', 'private', 'RFC 1918 3'),
  row('172.16.0.0/12', 'private', 'RFC 1918 3'),
  row('192.168.0.0/16', 'private', 'RFC 1918 3'),
  row('169.254.0.0/16', 'link-local', 'RFC 3927 2.1'),
  row(
    '100.64.0.0/10',
    'private',
    'RFC 6598 7',
    'shared by carriers for their NAT, and used by Tailscale',
  ),
  row('224.0.0.0/4', 'multicast', 'RFC 5771 3'),
  row('255.255.255.255/32', 'link-local', 'RFC 919 7', 'the broadcast of this network'),
  row('0.0.0.0/8', 'private', 'RFC 1122 3.2.1.3', '"this network", never a destination'),
  row('192.0.0.0/24', 'private', 'RFC 6890 2.1', 'IETF protocol assignments'),
  row('192.0.2.0/24', 'private', 'RFC 5737 3', 'documentation'),
  row('198.51.100.0/24', 'private', 'RFC 5737 3', 'documentation'),
  row('203.0.113.0/24', 'private', 'RFC 5737 3', 'documentation'),
  row('198.18.0.0/15', 'private', 'RFC 2544 C.2.2', 'benchmarks'),
  row('240.0.0.0/4', 'private', 'RFC 1112 4', 'reserved'),
  row('0.0.0.0/0', 'public', 'RFC 4632'),
  row('fe80::/10', 'link-local', 'RFC 4291 2.5.6'),
  row('fc00::/7', 'private', 'RFC 4193 3.1', 'unique local addresses'),
  row('ff00::/8', 'multicast', 'RFC 4291 2.7'),
  row('2001:db8::/32', 'private', 'RFC 3849', 'documentation'),
  row('3fff::/20', 'private', 'RFC 9637', 'documentation'),
  row('2001::/32', 'public', 'RFC 4380 2.6', 'Teredo tunnels'),
  row('2002::/16', 'public', 'RFC 3056 2', '6to4 tunnels'),
  row('2000::/3', 'public', 'RFC 4291 2.5.4'),
  row('64:ff9b::/96', 'public', 'RFC 6052 2.1', 'IPv4 addresses behind NAT64'),
  row('64:ff9b:1::/48', 'private', 'RFC 8215', 'IPv4 addresses behind a local NAT64'),
  row('100::/64', 'private', 'RFC 6666 4', 'discarded'),
  row('fec0::/10', 'private', 'RFC 3879', 'site-local addresses, deprecated'),
  row('::/0', 'private', 'RFC 4291 2.4', 'reserved'),
];
