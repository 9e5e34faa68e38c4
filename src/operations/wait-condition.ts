import { invalidInput } from '../model/error.ts';
import { nearest } from '../model/nearest.ts';
import type { Protocol } from '../model/protocol.ts';

/** What an endpoint is waited for to speak. */
export type WaitCondition = {
  /** `any`, `tcp`, `tls`, `http`, `https`, or a protocol's id. */
  readonly id: string;
  /** What to ask first; null: nothing is more likely. */
  readonly hint: string | null;
};

const aliases: Readonly<Record<string, string>> = {
  ws: 'http',
  wss: 'https',
  http1: 'http',
  h2c: 'http2',
  postgresql: 'postgres',
  pg: 'postgres',
  mariadb: 'mysql',
  rediss: 'redis',
  valkey: 'redis',
  mongo: 'mongodb',
  'mongodb+srv': 'mongodb',
  rabbitmq: 'amqp',
  amqps: 'amqp',
  mqtts: 'mqtt',
};

/** Protocols that a wait can be for, beside `tcp`: those that a handshake can tell. */
export const waitableProtocols: readonly string[] = [
  'adb',
  'amqp',
  'cassandra',
  'dap',
  'dns',
  'epmd',
  'ftp',
  'grpc',
  'http',
  'http2',
  'https',
  'imap',
  'kafka',
  'ldap',
  'memcached',
  'mongodb',
  'mqtt',
  'mysql',
  'mysqlx',
  'nats',
  'pop3',
  'postgres',
  'redis',
  'rsync',
  'rtsp',
  'smtp',
  'socks5',
  'ssh',
  'telnet',
  'tls',
  'vnc',
  'x11',
  'zmtp',
  'zookeeper',
];

/**
 * Reads what a wait is for; null means whatever answers. Throws invalid input for a word that is no
 * protocol that can be told.
 */
export const conditionOf = (word: string | null): WaitCondition => {
  if (word === null) return { id: 'any', hint: null };
  const asked = word.toLowerCase();
  const id = aliases[asked] ?? asked;
  if (id === 'tcp') return { id, hint: null };
  if (waitableProtocols.includes(id)) return { id, hint: id };
  const known = ['tcp', ...waitableProtocols, ...Object.keys(aliases)];
  const meant = nearest(asked, known);
  throw invalidInput(
    `${word} is nothing that can be waited for`,
    meant === null ? `one of tcp, ${waitableProtocols.join(', ')}` : `did you mean ${meant}?`,
  );
};

/**
 * Whether what answered is what was waited for: null where it is, else what was met, as the end of a
 * sentence. Where anything will do, a server that is silent to all that Homeport says counts as well,
 * once it accepts; HTTP counts below status 500, since a proxy says 502 before its server is up.
 */
export const answersAs = ({ id }: WaitCondition, protocol: Protocol): string | null => {
  if (protocol.status === 'unrecognised') {
    return id === 'any' ? null : 'something answers that is not known';
  }
  if (protocol.status !== 'identified') return protocol.why;
  if (!isMeant(id, protocol)) return `${protocol.name} answers`;
  const status = Number(protocol.details['status'] ?? 0);
  return status >= 500 ? `HTTP answers with ${status}` : null;
};

type Identified = Extract<Protocol, { status: 'identified' }>;

const isMeant = (id: string, { id: spoken, tls }: Identified): boolean => {
  const isHttp = spoken.startsWith('http') || spoken === 'grpc';
  switch (id) {
    case 'any':
      return true;
    case 'tls':
      return tls !== null || spoken === 'tls';
    case 'http':
      return isHttp && tls === null;
    case 'https':
      return isHttp && tls !== null;
    default:
      return spoken === id;
  }
};
