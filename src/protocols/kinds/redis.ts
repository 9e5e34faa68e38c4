import { clip, identified } from '../identification.ts';
import type { ByteProbe, Identification } from '../protocol-probe.ts';
import { bytesOf, firstLine, textOf } from '../wire/bytes.ts';

const ping = bytesOf('*1\r\n$4\r\nPING\r\n');
const infoServer = bytesOf('*2\r\n$4\r\nINFO\r\n$6\r\nserver\r\n');

/**
 * Redis, Valkey and their kin (RESP, https://redis.io/docs/latest/develop/reference/protocol-spec):
 * PING, and INFO server where that is allowed without credentials.
 */
export const redis: ByteProbe = {
  id: 'redis',
  name: 'Redis',
  hints: ['valkey', 'keydb', 'dragonfly', 'rediss'],
  ports: [6379, 6380],
  hello: () => ping,
  read: (bytes) => {
    if (bytes[0] !== 0x2b && bytes[0] !== 0x2d) return null;
    const line = firstLine(bytes);
    if (line === null) return bytes.length < 1_024 ? 'more' : null;
    if (commandComplaints.some((one) => line.startsWith(one)))
      return { say: ping, otherwise: null };
    if (line !== '+PONG') return readRefusal(line);
    const rest = textOf(bytes).slice(line.length + 2);
    if (rest === '') return { say: infoServer, otherwise: pong };
    return readInfo(rest);
  },
};

/** What it says to another protocol's hello; asked again in its own words, it tells more. */
const commandComplaints: readonly string[] = [
  "-ERR wrong number of arguments for 'get' command",
  '-ERR unknown command',
];

const pong: Identification = identified({
  authentication: 'none',
  evidence: ['answers PING with PONG, without credentials'],
});

const readRefusal = (line: string): Identification | null => {
  if (line.startsWith('-NOAUTH')) {
    return identified({
      authentication: 'required',
      evidence: ['answers PING with NOAUTH: it wants credentials'],
    });
  }
  if (line.startsWith('-LOADING')) {
    return identified({
      details: { loading: 'yes' },
      evidence: ['answers PING with LOADING: it reads its data into memory'],
    });
  }
  return line.startsWith('-DENIED Redis is running in protected mode')
    ? identified({
        details: { protectedMode: 'yes' },
        evidence: ['runs in protected mode: it serves other machines only with credentials'],
      })
    : null;
};

/** The answer to INFO: a bulk string of `key:value` lines, or an error where it is not allowed. */
const readInfo = (rest: string): Identification | 'more' => {
  const head = /^\$(\d{1,7})\r\n/.exec(rest);
  if (head === null) return rest.startsWith('$') && rest.length < 10 ? 'more' : pong;
  const length = Number(head[1]);
  if (rest.length < head[0].length + length) return 'more';
  return describeServer(fieldsOf(rest.slice(head[0].length, head[0].length + length)));
};

const fieldsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon <= 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
    }),
  );

const describeServer = (info: ReadonlyMap<string, string>): Identification => {
  const valkey = info.get('valkey_version');
  const dragonfly = info.get('dragonfly_version');
  const name = valkey === undefined ? (dragonfly === undefined ? 'Redis' : 'Dragonfly') : 'Valkey';
  const version = valkey ?? dragonfly ?? info.get('redis_version') ?? null;
  const mode = info.get('redis_mode') ?? info.get('server_mode');
  return {
    ...pong,
    name,
    version: version === null ? null : clip(version),
    details: mode === undefined ? {} : { mode: clip(mode) },
    evidence: [...pong.evidence, `INFO names ${name} ${clip(version ?? 'without a version')}`],
  };
};
