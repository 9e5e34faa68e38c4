import { invalidInput } from './error.ts';
import { nearest } from './nearest.ts';
import { parseEndpoint } from './parse-endpoint.ts';
import { plainHost } from './parse-host.ts';
import { endpointIn } from './parse-message.ts';
import { quoted } from './parse-quote.ts';
import { isUrl, parseUrl } from './parse-url.ts';
import type { Target } from './target.ts';

/**
 * Reads what a user asks about. White space around it does not count. The forms, in the order in
 * which they are tried:
 *
 * - `pid:1234`, `name:postgres`, `unix:/path`, `unix:@abstract`, `/path`, `@abstract`;
 * - a URL (`https://localhost/x`): its endpoint, with the scheme's default port;
 * - a word that begins with a letter (`postgres`, `shop`): a name; localhost is none;
 * - a port (`49342`, `:49342`) or host and port (`localhost:3000`, `127.0.0.1:80`, `[::1]:80`,
 *   `*:3000`), also as `tcp:…`, `udp://…`, `…/tcp`.
 *
 * Throws invalid input with a reason of one line and, where there is one, a hint at what would be
 * right; nothing else.
 */
export const parseTarget = (input: string): Target => {
  const text = input.trim();
  if (text === '') throw invalidInput('the target is missing', examples);
  if (text.length > 4096) throw invalidInput('the target is too long', examples);
  const special = parseSpecial(text, input);
  if (special !== null) return special;
  refuseStrangeCharacters(text);
  if (isUrl(text) && !/^(?:tcp|udp):/i.test(text))
    return { kind: 'endpoint', input, ...parseUrl(text) };
  if (isWord(text)) return { kind: 'name', input, name: text, notes: [] };
  return { kind: 'endpoint', input, ...parseEndpoint(text) };
};

/**
 * Checks the zone of a target against the names of this machine's interfaces. Throws invalid input,
 * `no such interface`, for any other.
 */
export const checkZone = (zone: string, interfaceNames: readonly string[]): void => {
  if (interfaceNames.includes(zone)) return;
  const near = nearest(zone, interfaceNames);
  const hint = near === null ? `one of ${interfaceNames.join(', ')}` : `did you mean ${near}?`;
  throw invalidInput(`no such interface: ${zone}`, interfaceNames.length === 0 ? undefined : hint);
};

const examples = '49342, localhost:3000, [::1]:80, pid:1234, name:postgres or unix:/run/x.sock';

/** The forms that may hold spaces, backslashes and @; null for the others. */
const parseSpecial = (text: string, input: string): Target | null => {
  const [prefix = '', kind = ''] = /^(pid|name|unix):/i.exec(text) ?? [];
  const rest = text.slice(prefix.length).trim();
  const isPath = prefix === '' && /^[/@]/.test(text);
  if (prefix === '' && !isPath) return null;
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(rest)) throw withMessageHint(controlReason, text);
  if (isPath) return { kind: 'unix', input, ...parseUnix(text) };
  switch (kind.toLowerCase()) {
    case 'pid':
      return { kind: 'pid', input, pid: parsePid(rest), notes: [] };
    case 'name':
      return { kind: 'name', input, name: parseName(rest), notes: [] };
    default:
      return { kind: 'unix', input, ...parseUnix(rest) };
  }
};

/** Linux numbers processes up to 2^22 (PID_MAX_LIMIT, include/linux/threads.h). */
const parsePid = (text: string): number => {
  if (/^[1-9]\d{0,6}$/.test(text) && Number(text) <= 4_194_304) return Number(text);
  throw invalidInput('pid must be 1–4194304', 'pid:1234');
};

const parseName = (text: string): string => {
  if (text === '') throw invalidInput('the name is missing', 'name:postgres');
  if (text.length > 255) throw invalidInput('the name is too long');
  return text;
};

type UnixTarget = Pick<Extract<Target, { kind: 'unix' }>, 'name' | 'notes'>;

/** `unix:///run/x.sock` is how DOCKER_HOST and others write a path. */
const parseUnix = (text: string): UnixTarget => {
  // sockaddr_un has 108 bytes, one of them for the final or the leading NUL (unix(7)).
  if (Buffer.byteLength(text.replace(/^\/+/, '/').replace(/^@/, '')) > 107) {
    throw invalidInput('the name of a unix socket has at most 107 bytes');
  }
  if (text.startsWith('@') && text.length > 1)
    return { name: { abstract: text.slice(1) }, notes: [] };
  if (!/^\/(?:$|[^/]|\/\/)/.test(text)) {
    throw invalidInput(
      'a unix socket needs an absolute path or @NAME',
      'unix:/run/x.sock or unix:@x',
    );
  }
  const path = text.replace(/^\/+/, '/');
  return { name: { path }, notes: path === text ? [] : [`${text} is ${path}`] };
};

/** A name needs no prefix where it begins as no address or port can; localhost lacks its port. */
const isWord = (text: string): boolean => {
  const plain = plainHost(text);
  const isLocalhost = plain === 'localhost' || plain.endsWith('.localhost');
  return /^[\p{L}_][\p{L}\p{M}\p{N}._+-]*$/u.test(text) && !isLocalhost;
};

const controlReason = 'the target holds a control or invisible character';

const refuseStrangeCharacters = (text: string): void => {
  if (/[\s\p{Z}]/u.test(text)) throw withMessageHint('a target holds no white space', text);
  if (/\p{C}/u.test(text)) throw withMessageHint(controlReason, text);
  if (text.includes('\\')) throw invalidInput(`${quoted(text)} holds a backslash`, examples);
};

/** A pasted error message is no target, but may name one. */
const withMessageHint = (reason: string, text: string): Error => {
  const endpoint = isUrl(text) ? null : endpointIn(text);
  return invalidInput(reason, endpoint === null ? examples : `homeport ${endpoint}`);
};
