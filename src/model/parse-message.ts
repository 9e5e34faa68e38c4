import { isIPv6 } from './ip.ts';
import { isLocalhost } from './parse-host.ts';
import { parseEndpoint } from './parse-endpoint.ts';
import type { Endpoint } from './parse-endpoint.ts';
import { isUrl, parseUrl } from './parse-url.ts';
import { endpointText } from './target-endpoint.ts';

/**
 * The endpoint that an error message names, for a hint: `127.0.0.1:5432` of `connect ECONNREFUSED
 * 127.0.0.1:5432`. Only addresses, localhost names and URLs count, else a lone `port 3000`; null
 * where the message names none or several.
 */
export const endpointIn = (message: string): string | null => {
  const text = message.slice(0, 2000);
  const found = new Set(text.split(separators).flatMap(candidateOf));
  if (found.size === 1) return [...found][0] ?? null;
  const ports = new Set([...text.matchAll(/\bport:? +(\d{1,5})\b/gi)].map(([, port]) => port));
  return found.size === 0 && ports.size === 1 ? ([...ports][0] ?? null) : null;
};

const separators = /(?:[\s"'`<>(),;=]|->)+/;

const candidateOf = (token: string): string[] => {
  const text = bracketed(token.replace(/[.:!?\]]*$/, (end) => (end.startsWith(']') ? ']' : '')));
  const endpoint = readable(text);
  if (endpoint === null || endpoint.host === null) return [];
  const counts =
    endpoint.address !== null ||
    endpoint.scheme !== null ||
    isLocalhost(endpoint.host) ||
    endpoint.host.endsWith('.localhost');
  return counts ? [endpointText(endpoint.host, endpoint.port, endpoint.zone)] : [];
};

/** Node writes `::1:5432` and `:::3000`; in a message the last number is the port. */
const bracketed = (token: string): string => {
  const [, head = '', port = ''] = /^(.*):(\d{1,5})$/.exec(token) ?? [];
  return isIPv6(head) ? `[${head}]:${port}` : token;
};

const readable = (text: string): Endpoint | null => {
  try {
    return isUrl(text) ? parseUrl(text) : parseEndpoint(text);
  } catch {
    return null;
  }
};
