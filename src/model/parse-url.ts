import { invalidInput } from './error.ts';
import { refuseUserinfo, splitAuthority } from './parse-endpoint.ts';
import type { Authority, Endpoint } from './parse-endpoint.ts';
import { hostFields } from './parse-host.ts';
import { parsePort } from './parse-port.ts';
import { endpointText } from './target-endpoint.ts';
import { schemeOf } from './target-schemes.ts';
import type { Scheme } from './target-schemes.ts';

/** Whether a text is a URL with an authority: `scheme://…`, also behind `jdbc:`. */
export const isUrl = (text: string): boolean => urlShape.test(text);

/**
 * Reads the endpoint of a URL. WHATWG's parser is not asked, because it takes silently what may
 * deceive (tabs, backslashes, user names, `1.2.3`). A port left out is the scheme's default, and the
 * notes say so; path, query and fragment don't count. Throws invalid input.
 */
export const parseUrl = (text: string): Endpoint => {
  const [, typedScheme = '', authority = ''] = urlShape.exec(text) ?? [];
  const { name, scheme, notes } = readScheme(typedScheme.toLowerCase());
  refuseUserinfo(authority, withoutUserinfo(name, authority));
  refuseSeveral(name, authority);
  // RFC 6874 2 writes the % of a zone as %25 in a URL.
  const { host, port: typedPort } = splitAuthority(authority.replace(/^(\[[^%\]]*%)25/, '$1'));
  if (host === null && !authority.startsWith('*')) {
    throw invalidInput('the host is missing', `${name}://localhost`);
  }
  const isDefault = typedPort === null || typedPort === '';
  const port = isDefault ? defaultPort(name, scheme) : parsePort(typedPort);
  const portNotes = isDefault ? [`the URL names no port: ${port} is the default of ${name}`] : [];
  const hostNotes = host?.notes ?? ['* is every address of this machine'];
  return {
    transport: scheme?.transport ?? null,
    ...hostFields(host),
    port,
    scheme: name,
    notes: [...notes, ...hostNotes, ...portNotes],
  };
};

/** JDBC for SQL Server ends the authority with a semicolon. */
const urlShape = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/([^/?#;]*)/i;

type NamedScheme = { name: string; scheme: Scheme | null; notes: readonly string[] };

/** `postgresql+psycopg2` is how SQLAlchemy names a driver: the part before the + is the scheme. */
const readScheme = (typed: string): NamedScheme => {
  if (typed === 'mongodb+srv') {
    throw invalidInput(
      'mongodb+srv:// names no endpoint: its hosts and ports stand in DNS',
      'mongodb://HOST:PORT',
    );
  }
  const known = schemeOf(typed);
  const base = typed.split('+')[0] ?? typed;
  if (known !== null || schemeOf(base) === null) return { name: typed, scheme: known, notes: [] };
  return { name: base, scheme: schemeOf(base), notes: [`${typed} is ${base}`] };
};

const defaultPort = (name: string, scheme: Scheme | null): number => {
  if (scheme !== null && scheme.port !== null) return scheme.port;
  throw invalidInput(`the port is missing: ${name}:// has no default`, `${name}://HOST:PORT`);
};

const refuseSeveral = (name: string, authority: string): void => {
  const [first = ''] = authority.split(',');
  if (first === authority) return;
  throw invalidInput('the URL names several hosts: ask for one', `${name}://${first}`);
};

/** What the URL means without its user and password, for the hint; undefined where that is no endpoint. */
const withoutUserinfo = (name: string, authority: string): string | undefined => {
  const at = authority.lastIndexOf('@');
  if (at === -1) return undefined;
  const read = readable(authority.slice(at + 1));
  if (read === null || read.host === null) return undefined;
  const port = read.port === null || read.port === '' ? schemeOf(name)?.port : Number(read.port);
  if (port === undefined || port === null || !Number.isInteger(port)) return undefined;
  return `${name}://${endpointText(read.host.host, port, read.host.zone)}`;
};

const readable = (authority: string): Authority | null => {
  try {
    return splitAuthority(authority);
  } catch {
    return null;
  }
};
