import type { InetTransport } from './target.ts';

/** What a URL's scheme says of an endpoint. `port` null: the scheme has no default port. */
export type Scheme = { readonly port: number | null; readonly transport: InetTransport };

/**
 * The scheme of a URL; null for one that is not known. Ports are those of the scheme's own document
 * or, where it has none, those that its clients take.
 */
export const schemeOf = (name: string): Scheme | null => schemes.get(name) ?? null;

const tcp = (port: number | null): Scheme => ({ port, transport: 'tcp' });
const udp = (port: number | null): Scheme => ({ port, transport: 'udp' });

const schemes: ReadonlyMap<string, Scheme> = new Map([
  ['http', tcp(80)],
  ['https', tcp(443)],
  ['ws', tcp(80)],
  ['wss', tcp(443)],
  ['postgres', tcp(5432)],
  ['postgresql', tcp(5432)],
  ['mysql', tcp(3306)],
  ['mariadb', tcp(3306)],
  ['mssql', tcp(1433)],
  ['sqlserver', tcp(1433)],
  ['oracle', tcp(1521)],
  ['redis', tcp(6379)],
  ['rediss', tcp(6379)],
  ['valkey', tcp(6379)],
  ['mongodb', tcp(27_017)],
  ['amqp', tcp(5672)],
  ['amqps', tcp(5671)],
  ['mqtt', tcp(1883)],
  ['mqtts', tcp(8883)],
  ['nats', tcp(4222)],
  ['kafka', tcp(9092)],
  ['bolt', tcp(7687)],
  ['neo4j', tcp(7687)],
  ['memcached', tcp(11_211)],
  ['clickhouse', tcp(9000)],
  ['grpc', tcp(null)],
  ['grpcs', tcp(null)],
  ['ftp', tcp(21)],
  ['ftps', tcp(990)],
  ['ssh', tcp(22)],
  ['sftp', tcp(22)],
  ['telnet', tcp(23)],
  ['smtp', tcp(25)],
  ['smtps', tcp(465)],
  ['imap', tcp(143)],
  ['imaps', tcp(993)],
  ['pop3', tcp(110)],
  ['pop3s', tcp(995)],
  ['ldap', tcp(389)],
  ['ldaps', tcp(636)],
  ['git', tcp(9418)],
  ['irc', tcp(6667)],
  ['ircs', tcp(6697)],
  ['rtsp', tcp(554)],
  ['rtmp', tcp(1935)],
  ['vnc', tcp(5900)],
  ['rdp', tcp(3389)],
  ['socks4', tcp(1080)],
  ['socks5', tcp(1080)],
  ['socks5h', tcp(1080)],
  ['coap', udp(5683)],
  ['coaps', udp(5684)],
  ['dns', udp(53)],
  ['statsd', udp(8125)],
  ['stun', udp(3478)],
  ['turn', udp(3478)],
  ['tftp', udp(69)],
]);
