import { isIPv6 } from './ip.ts';
import { invalidInput } from './error.ts';
import { lastPort } from './port.ts';
import { hostFields, parseBracketed, parseHost, plainHost } from './parse-host.ts';
import type { HostPart } from './parse-host.ts';
import { endsInNumber } from './parse-ipv4.ts';
import { parsePort } from './parse-port.ts';
import { quoted } from './parse-quote.ts';
import type { EndpointTarget, InetTransport } from './target.ts';

/** An endpoint without the text it was read from. */
export type Endpoint = Omit<EndpointTarget, 'kind' | 'input'>;

/**
 * Reads `49342`, `:49342`, `HOST:PORT`, `[IPV6]:PORT`, `*:PORT`, each with `tcp:`, `tcp://` before it
 * or `/tcp` after it (or udp), and `HOST:PORT/path`. Throws invalid input, which names what is
 * missing.
 */
export const parseEndpoint = (text: string): Endpoint => {
  const { transport, rest } = splitTransport(text);
  const { authority, path } = splitPath(rest);
  refuseUserinfo(authority);
  const { host, port } = readAuthority(authority, transport);
  if (path !== null && host === null) {
    throw invalidInput(`${quoted(path)} is no transport`, `${port}/tcp or ${port}/udp`);
  }
  const pathNotes =
    path === null || path === '/' ? [] : [`${path} was left out: only the endpoint counts`];
  return {
    transport,
    ...hostFields(host),
    port,
    scheme: null,
    notes: [...(host?.notes ?? []), ...hostlessNotes(authority, host), ...pathNotes],
  };
};

/** The two halves of `HOST:PORT`; `port` is null where no colon follows the host. */
export type Authority = { readonly host: HostPart | null; readonly port: string | null };

/**
 * Splits an authority (RFC 3986 3.2) at the colon of the port. The host is null for `*` and for
 * none. Throws invalid input for brackets that don't match and for bare IPv6 addresses.
 */
export const splitAuthority = (authority: string): Authority => {
  if (authority.startsWith('[')) return splitBracketed(authority);
  const colon = authority.indexOf(':');
  if (colon !== authority.lastIndexOf(':')) throw bareIPv6(authority);
  const host = colon === -1 ? authority : authority.slice(0, colon);
  const port = colon === -1 ? null : authority.slice(colon + 1);
  if (host === '' || host === '*') return { host: null, port };
  refuseTwoPorts(host, port);
  return { host: parseHost(host), port };
};

/** Refuses `user:password@host`, whose host is easily misread; the message does not repeat it. */
export const refuseUserinfo = (authority: string, without?: string): void => {
  if (!authority.includes('@')) return;
  const hint =
    without === undefined ? 'leave out everything up to the @' : `without it: ${without}`;
  throw invalidInput('a user or password before @ is not part of an endpoint', hint);
};

const readAuthority = (
  authority: string,
  transport: InetTransport | null,
): { host: HostPart | null; port: number } => {
  if (authority === '') throw missing('port', `${transport ?? 'tcp'}:PORT`);
  if (isSingleWord(authority)) return { host: null, port: parseBarePort(authority) };
  const { host, port } = splitAuthority(authority);
  if (port === null || port === '') throw missing('port', `${authority.replace(/:$/, '')}:PORT`);
  return { host, port: parsePort(port) };
};

/** Neither host nor colon: only a port can be meant. `127.1` and `localhost` are hosts. */
const isSingleWord = (text: string): boolean =>
  !/[:*[]/.test(text) &&
  /^[\p{N}+-]/u.test(text) &&
  !(text.includes('.') && endsInNumber(plainHost(text)));

const parseBarePort = (text: string): number => {
  if (/^[1-9]\d{4,6}$/.test(text) && Number(text) > lastPort) {
    throw invalidInput('port must be 1–65535', `pid:${text} for a process`);
  }
  if (/^\d[\p{L}\p{N}._-]*\p{L}/u.test(text)) {
    throw invalidInput('port must be 1–65535', `name:${text} for a program or project`);
  }
  return parsePort(text);
};

const splitTransport = (text: string): { transport: InetTransport | null; rest: string } => {
  const [prefix = '', before] = /^(tcp|udp):(?:\/\/)?/i.exec(text) ?? [];
  const unprefixed = text.slice(prefix.length);
  const [suffix = '', after] = /\/(tcp|udp)$/i.exec(unprefixed) ?? [];
  const first = transportOf(before);
  const second = transportOf(after);
  if (first !== null && second !== null && first !== second) {
    throw invalidInput('the target names two transports', 'tcp:PORT or udp:PORT');
  }
  const rest = suffix === '' ? unprefixed : unprefixed.slice(0, -suffix.length);
  return { transport: first ?? second, rest };
};

const transportOf = (text: string | undefined): InetTransport | null => {
  const name = text?.toLowerCase();
  return name === 'tcp' || name === 'udp' ? name : null;
};

const splitPath = (text: string): { authority: string; path: string | null } => {
  const start = text.search(/[/?#]/);
  return start === -1
    ? { authority: text, path: null }
    : { authority: text.slice(0, start), path: text.slice(start) };
};

const splitBracketed = (authority: string): Authority => {
  const [, inside, rest] = /^\[([^\]]*)\](.*)$/.exec(authority) ?? [];
  if (inside === undefined || rest === undefined)
    throw invalidInput('the closing ] is missing', '[::1]:PORT');
  if (inside === '') throw missing('address between the brackets', '[::1]:PORT');
  if (rest !== '' && !rest.startsWith(':')) {
    throw invalidInput(`${quoted(rest)} follows the ] where :PORT should`, `[${inside}]:PORT`);
  }
  return { host: parseBracketed(inside), port: rest === '' ? null : rest.slice(1) };
};

/** `::1:80` may be an address or an address and a port: the user says which, by brackets. */
const bareIPv6 = (text: string): Error => {
  const [, head = '', port = ''] = /^(.*):(\d{1,5})$/.exec(text) ?? [];
  if (isIPv6(head, 'zone')) {
    return isIPv6(text, 'zone')
      ? invalidInput(
          `${text} is ambiguous: an address, or ${head} with port ${port}`,
          `[${head}]:${port}`,
        )
      : invalidInput('an IPv6 address stands in brackets before a port', `[${head}]:${port}`);
  }
  if (isIPv6(text, 'zone')) return missing('port', `[${text}]:PORT`);
  return invalidInput(`${quoted(text)} has more than one colon`, 'HOST:PORT, or [IPV6]:PORT');
};

/** `3000:80` is how containers are published, and no host is meant by 3000. */
const refuseTwoPorts = (host: string, port: string | null): void => {
  if (port === null || !/^[1-9]\d{0,4}$/.test(host) || !/^\d{1,5}$/.test(port)) return;
  throw invalidInput(
    `${host} stands where a host should`,
    `${host} or ${port}, for the port alone`,
  );
};

const hostlessNotes = (authority: string, host: HostPart | null): string[] => {
  if (host !== null || !authority.includes(':')) return [];
  return authority.startsWith('*')
    ? ['* is every address of this machine']
    : ['no host was given: every address of this machine is meant'];
};

/** `what` is the part that lacks. */
const missing = (what: string, hint: string): Error => invalidInput(`the ${what} is missing`, hint);
