import type { FailureEndpoint } from '../../model/failure.ts';
import { isIPv4, isIPv6 } from '../../model/ip.ts';

/** An endpoint as it was written; `form` says how far the text alone shows that it is one. */
export type WrittenEndpoint = FailureEndpoint & {
  readonly form: 'url' | 'address' | 'name' | 'port';
};

/**
 * Reads one word as an endpoint: a URL, `127.0.0.1:80`, `[::1]:80`, `::1:80` (the last number is
 * the port), `host:80`, `:80`, `*:80`, `name/10.0.0.1:80` (the name), `from->to` (the peer),
 * `ipv4:10.0.0.1:80`. A bare name counts where `bareNames` is set. Null for anything else.
 */
export const readEndpoint = (word: string, bareNames = false): WrittenEndpoint | null => {
  const text = word === '::' ? word : trimmed(word);
  if (text === '' || text.length > 300) return null;
  const peer = text.lastIndexOf('->');
  if (peer !== -1)
    return readEndpoint(text.slice(peer + 2).replace(/^([^[\]]{1,260})\]{1,3}$/, '$1'), bareNames);
  const scheme = /^(?:jdbc:)?([a-z][a-z0-9+.-]{0,30}):\/{2,3}/i.exec(text);
  if (scheme !== null) return readUrl(scheme[1] ?? '', text.slice(scheme[0].length));
  return readAuthority(text.replace(portOnly, ':').replace(prefix, ''), bareNames);
};

/** `ipv4:127.0.0.1:80` of gRPC, `tcp:localhost:5555` of adb and Twisted, `dns:db:80`. */
const prefix = /^(?:ipv4|ipv6|tcp[46]?|udp[46]?|dns|inet|http|https):(?=[^\d]|\d{1,3}\.)/i;

/** `tcp:5037` of adb. */
const portOnly = /^(?:tcp|udp)[46]?:(?=\d{1,5}$)/i;

const trimmed = (word: string): string =>
  word
    .slice(0, 400)
    .replace(/^([a-z]{2,20})%3A(?=\/\/)/i, '$1:')
    .replace(/%3A(?=\d{1,5}\b)/i, ':')
    .replace(/^[\s"'`“‘([{<]{1,20}/, (start) => (start.endsWith('[') ? '[' : ''))
    .replace(/\/<unresolved>/i, '')
    .replace(/^\[(?=[a-z]{2,20}:\/\/)/i, '')
    .replace(/^(?=[\da-f:.%]{2,60}\]:\d)/i, '[')
    .replace(/[\s"'`”’.,;:!?)}>…]{1,20}$/, '')
    .replace(/^([a-z]{2,20}:\/\/[^[\]]{1,260})\]$/i, '$1');

const notNetwork: ReadonlySet<string> = new Set([
  'file',
  'unix',
  'data',
  'npipe',
  'chrome-extension',
]);

const readUrl = (scheme: string, rest: string): WrittenEndpoint | null => {
  if (notNetwork.has(scheme.toLowerCase())) return null;
  const authority = /^[^/?#\s"'\\]{0,260}/.exec(rest)?.[0] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).split(',')[0] ?? '';
  const endpoint = readAuthority(
    host.replace(/[)\]}]$/, (end) => (host.includes('[') ? end : '')),
    true,
  );
  return endpoint === null || endpoint.host === null ? null : { ...endpoint, form: 'url' };
};

const readAuthority = (text: string, bareNames: boolean): WrittenEndpoint | null => {
  const bracketed = /^\[([^\]\s]{1,80})\](?::(\d{1,5}))?$/.exec(decoded(text));
  if (bracketed !== null) return inBrackets(bracketed[1] ?? '', bracketed[2]);
  const withPort = /^(.{0,260}):(\d{1,5})$/.exec(text);
  if (withPort !== null && text !== '::1') {
    const port = portOf(withPort[2]);
    const anyPort = withPort[2] === '0';
    const head = port === null && !anyPort ? null : readHost(withPort[1] ?? '');
    if (head !== null) return { ...head, port };
  }
  const whole = readHost(text);
  if (whole === null || whole.host === null) return null;
  return whole.form === 'address' || bareNames ? { ...whole, port: null } : null;
};

/** What stands for a host that was taken out: `***`, `-ip-`, `${HOST}`. */
const placeholder = /^(?:\*{2,20}|-\w{1,40}-|\$\{?\w{1,40}\}?)$/;

const decoded = (text: string): string => text.replace(/%5B/i, '[').replace(/%5D/i, ']');

const inBrackets = (host: string, port: string | undefined): WrittenEndpoint | null =>
  isAddress(host) ? { host: host.toLowerCase(), port: portOf(port), form: 'address' } : null;

type Head = { readonly host: string | null; readonly form: WrittenEndpoint['form'] };

const readHost = (text: string): Head | null => {
  if (text === '' || text === ':' || placeholder.test(text)) return { host: null, form: 'port' };
  if (text === '*') return { host: '*', form: 'address' };
  if (text.includes('/')) return readJavaHost(text);
  if (isAddress(text)) return { host: text.toLowerCase(), form: 'address' };
  return isName(text) ? { host: text.toLowerCase(), form: 'name' } : null;
};

/** `localhost/127.0.0.1` of java.net.InetSocketAddress: the name, or the address without one. */
const readJavaHost = (text: string): Head | null => {
  const [name = '', address = '', ...more] = text.split('/');
  if (more.length > 0 || !isAddress(address.replace(/^\[|\]$/g, ''))) return null;
  if (name === '') return { host: address.replace(/^\[|\]$/g, '').toLowerCase(), form: 'address' };
  return isName(name) || isAddress(name) ? { host: name.toLowerCase(), form: 'address' } : null;
};

const isAddress = (text: string): boolean => isIPv4(text) || isIPv6(text, 'zone');

/** RFC 1123 labels, and the underscore of service names; a number alone is none. */
const isName = (text: string): boolean =>
  text.length <= 253 && name.test(text) && /[a-z]/i.test(text) && !notNames.has(text.toLowerCase());

const name = /^[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63}){0,20}$/i;

/** Words that stand before a colon and a number and are no hosts. */
const notNames: ReadonlySet<string> = new Set(
  `errno code error errors line lines pid port ports status exit id rc node at tid thread uid gid
   count total size version took attempt attempts retry retries level signal after duration elapsed
   time timeout bytes length fd index col column row step epoch ms http https tcp udp rst rpc sqlstate
   os winerror http_status statuscode status_code ttl num cluster_id state warn warning info debug
   err oserror system generic caused socket hostname address url uri reason message`.split(
    /\s{1,20}/,
  ),
);

/** A port from 1 to 65535; null for any other text. */
export const portOf = (text: string | undefined): number | null => {
  if (text === undefined || !/^[1-9]\d{0,4}$/.test(text)) return null;
  const port = Number(text);
  return port <= 65_535 ? port : null;
};
