import type { ProbeTarget } from '../protocol-probe.ts';
import { bytesOf } from '../wire/bytes.ts';

/**
 * The bytes of `GET path` (RFC 9112 3), which asks for nothing but the page and for the connection
 * to be closed. `headers` replace or add to the usual ones.
 */
export const httpRequest = (
  target: ProbeTarget,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Uint8Array => {
  const all = { ...requestHeaders(target), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return bytesOf(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
};

const requestHeaders = (target: ProbeTarget): Readonly<Record<string, string>> => ({
  Host: authorityOf(target),
  'User-Agent': userAgent,
  Accept: accept,
  Connection: 'close',
});

/** What Homeport calls itself to the servers it looks at. */
export const userAgent = 'homeport';

/** A browser's first wish, so that dev servers answer as they would to one. */
export const accept = 'text/html';

/** `host:port` for `Host:` and `:authority`; an IPv6 address in brackets, its zone left out. */
export const authorityOf = ({ host, port }: ProbeTarget): string => {
  const bare = host.replaceAll(/[^\w.:%-]/g, '').split('%')[0] ?? '';
  const name = bare === '' ? 'localhost' : bare;
  const bracketed = name.includes(':') ? `[${name}]` : name;
  return port === null ? bracketed : `${bracketed}:${port}`;
};
