import { domainToASCII } from 'node:url';
import { invalidInput } from './error.ts';
import { canonicalIp, familyOf, inBlock, mappedIPv4, isIPv6 } from './ip.ts';
import { endsInNumber, parseIPv4 } from './parse-ipv4.ts';
import { quoted } from './parse-quote.ts';
import type { Family } from './socket.ts';
import type { EndpointTarget } from './target.ts';

/** A host as a target holds it: an address in canonical text, or a name that has to be resolved. */
export type HostPart = {
  readonly host: string;
  readonly address: string | null;
  readonly family: Family | null;
  readonly zone: string | null;
  readonly notes: readonly string[];
};

/**
 * Reads a host without brackets: an IPv4 address in any spelling that `parseIPv4` takes, or a name.
 * Compatibility forms (full-width, circled) count as their plain characters, a final dot is dropped,
 * an international name becomes its ASCII form (UTS 46); notes say so. Throws invalid input.
 */
export const parseHost = (typed: string): HostPart => {
  const plain = plainHost(typed);
  const isAddress = endsInNumber(plain);
  const host = isAddress ? parseIPv4(plain) : parseName(plain);
  const notes = host === typed ? [] : [`${typed} is ${host}`];
  return isAddress
    ? { host, address: host, family: 'ipv4', zone: null, notes }
    : { host, address: null, family: null, zone: null, notes: [...notes, ...nameNotes(host)] };
};

/**
 * Reads what stands between brackets: an IPv6 address, with a zone where it is link-local
 * (RFC 4007 11). An IPv4-mapped address counts as the IPv4 address inside. Throws invalid input.
 */
export const parseBracketed = (typed: string): HostPart => {
  const percent = typed.indexOf('%');
  const text = percent === -1 ? typed : typed.slice(0, percent);
  const zone = percent === -1 ? null : typed.slice(percent + 1);
  const address = isIPv6(text) ? canonicalIp(text) : null;
  if (address === null)
    throw invalidInput(`${quoted(typed)} is not an IPv6 address`, bracketHint(text));
  if (zone !== null) requireZone(address, zone);
  const inner = mappedIPv4(address);
  const host = inner ?? address;
  const notes =
    inner === null ? spellingNotes(text, address) : [`${text} is IPv4-mapped: ${inner}`];
  return { host, address: host, family: familyOf(host), zone, notes };
};

/** A host's fields as a target has them; all null for no host. */
export const hostFields = (
  host: HostPart | null,
): Pick<EndpointTarget, 'host' | 'address' | 'family' | 'zone'> => ({
  host: host?.host ?? null,
  address: host?.address ?? null,
  family: host?.family ?? null,
  zone: host?.zone ?? null,
});

/** Whether a name is localhost by itself, without any resolver (RFC 6761 6.3). */
export const isLocalhost = (host: string): boolean => host === 'localhost';

/** The host in plain lower-case characters, without a final dot; nothing is judged yet. */
export const plainHost = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[。．｡]/g, '.')
    .toLowerCase()
    .replace(/\.$/, '');

const parseName = (plain: string): string => {
  const name = /^[\x20-\x7e]*$/.test(plain) ? plain : domainToASCII(plain);
  // RFC 1035 2.3.4 lengths; the underscore is no host name's, but resolvers and containers take it.
  const isName =
    name.length <= 253 &&
    name.split('.').every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  if (!isName || endsInNumber(name))
    throw invalidInput(`${quoted(plain)} is not a host name or address`);
  return name;
};

const nameNotes = (host: string): string[] => {
  if (host === 'localhost6') return ['localhost6 is not localhost: it is what the resolver says'];
  return host.endsWith('.localhost')
    ? [`browsers take ${host} for loopback (RFC 6761 6.3); other programs ask the resolver`]
    : [];
};

const requireZone = (address: string, zone: string): void => {
  // Linux takes names of up to 15 bytes without / : and white space (dev_valid_name).
  if (!/^[\x21-\x7e]{1,15}$/.test(zone) || /[/:%[\]\\]/.test(zone)) {
    throw invalidInput(`${quoted(zone)} is not the name of an interface`, `[${address}%eth0]:PORT`);
  }
  if (!inBlock(address, 'fe80::/10') && !inBlock(address, 'ff00::/8')) {
    throw invalidInput(`${address} is not link-local: it has no zone`, `[${address}]:PORT`);
  }
};

const spellingNotes = (typed: string, address: string): string[] =>
  typed === address ? [] : [`${typed} is ${address}`];

const bracketHint = (text: string): string | undefined =>
  familyOf(text) === 'ipv4' ? `${text}:PORT, without brackets` : undefined;
