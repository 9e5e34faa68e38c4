import type { Action } from '../model/finding.ts';
import { knownOr } from '../model/known.ts';
import type { InetListener, Listener, UnixListener } from '../model/listener.ts';
import type { Protocol } from '../model/protocol.ts';
import { isWildcard } from '../model/scope.ts';
import { shellCommand } from '../model/shell-quote.ts';
import type { Target } from '../model/target.ts';

/** Where to connect: a listener's address, or loopback where it is bound to the wildcard. */
type Peer = { readonly host: string; readonly port: string; readonly url: string };

/**
 * The command that talks to a listener in its own protocol; null where none is known, or where it
 * can't be reached from here.
 */
export const talkTo = (listener: Listener, protocol: Protocol, target: Target): Action | null => {
  if (listener.namespace !== 'this') return null;
  if (listener.transport === 'unix') return talkToUnix(listener, protocol);
  const id = protocolId(listener, protocol);
  const peer = peerOf(listener, target);
  if (id === 'http') return askHttp(peer, protocol);
  const words = id === null ? undefined : clients[id]?.(peer);
  return words === undefined
    ? null
    : { label: `talk to it with ${words[0]}`, command: shellCommand(...words) };
};

const talkToUnix = (listener: UnixListener, protocol: Protocol): Action | null => {
  if (listener.path === null || !isHttp(protocol)) return null;
  return {
    label: 'ask it',
    command: shellCommand('curl', '-i', '--unix-socket', listener.path, 'http://localhost/'),
  };
};

const askHttp = (peer: Peer, protocol: Protocol): Action => {
  const tls = protocol.status === 'identified' ? protocol.tls : null;
  const options = tls === null ? '-i' : tls.selfSigned ? '-ik' : '-i';
  const url = `${tls === null ? 'http' : 'https'}://${peer.url}/`;
  return { label: 'ask it', command: shellCommand('curl', options, url) };
};

const peerOf = (listener: InetListener, target: Target): Peer => {
  const asked = target.kind === 'endpoint' ? target : null;
  const address = asked?.address ?? listener.address;
  const host = isWildcard(address) ? (listener.family === 'ipv6' ? '::1' : '127.0.0.1') : address;
  const zone = asked?.zone ?? (/^fe[89ab]/i.test(host) ? listener.interface : null);
  const port = String(listener.port);
  const inUrl = host.includes(':') ? `[${host}${zone === null ? '' : `%25${zone}`}]` : host;
  return { host: zone === null ? host : `${host}%${zone}`, port, url: `${inUrl}:${port}` };
};

const isHttp = (protocol: Protocol): boolean =>
  protocol.status === 'identified' &&
  (/^http\d?$/.test(protocol.id) || protocol.details['over']?.startsWith('HTTP/') === true);

/** The handshake decides; where nothing was asked, the program suggests. */
const protocolId = (listener: InetListener, protocol: Protocol): string | null => {
  if (protocol.status === 'identified') return isHttp(protocol) ? 'http' : protocol.id;
  if (protocol.status !== 'not-probed' || listener.transport === 'udp') return null;
  const program = knownOr(listener.program, null);
  if (program === null) return null;
  return httpKinds.has(program.kind) ? 'http' : program.id;
};

const httpKinds: ReadonlySet<string> = new Set(['dev-server', 'framework', 'web-server']);

type Client = (peer: Peer) => readonly [string, ...string[]];

const redisClient: Client = ({ host, port }) => ['redis-cli', '-h', host, '-p', port];
const mysqlClient: Client = ({ host, port }) => ['mysql', '--protocol=tcp', '-h', host, '-P', port];
const lineClient: Client = ({ host, port }) => ['nc', host, port];

/** Protocol or program id → its usual client. */
const clients: Readonly<Record<string, Client | undefined>> = {
  postgres: ({ host, port }) => ['psql', '-h', host, '-p', port],
  mysql: mysqlClient,
  mariadb: mysqlClient,
  redis: redisClient,
  valkey: redisClient,
  mongodb: ({ url }) => ['mongosh', `mongodb://${url}/`],
  ssh: ({ host, port }) => ['ssh', '-p', port, host],
  sshd: ({ host, port }) => ['ssh', '-p', port, host],
  tls: ({ url }) => ['openssl', 's_client', '-connect', url],
  smtp: lineClient,
  pop3: lineClient,
  imap: lineClient,
  memcached: lineClient,
  nats: lineClient,
  telnet: ({ host, port }) => ['telnet', host, port],
  ftp: ({ url }) => ['curl', `ftp://${url}/`],
  kafka: ({ url }) => ['kcat', '-L', '-b', url],
  mqtt: ({ host, port }) => ['mosquitto_sub', '-h', host, '-p', port, '-t', '#', '-v'],
  dns: ({ host, port }) => ['dig', `@${host}`, '-p', port, 'localhost'],
  'node-inspector': ({ url }) => ['node', 'inspect', url],
};
