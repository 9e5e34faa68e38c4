import type { Protocol } from '../model/protocol.ts';

/** What a server was seen to speak. */
export type SpokenProtocol = Extract<Protocol, { status: 'identified' }>;

/** Whether a server speaks HTTP of any version, a product that is told by its answers included. */
export const speaksHttp = ({ id, details }: SpokenProtocol): boolean =>
  /^http\d?$/.test(id) || details['over']?.startsWith('HTTP/') === true;

/** The same of HTTP/1.x, which has a front page to ask for by a plain request. */
export const speaksHttp1 = (protocol: SpokenProtocol): boolean =>
  protocol.id === 'http1' || protocol.details['over']?.startsWith('HTTP/1') === true;

/** Whether a server speaks TLS, whatever is inside, or answers plain HTTP only to say so. */
export const speaksTls = ({ id, tls, details }: SpokenProtocol): boolean =>
  tls !== null || id === 'tls' || details['requires'] === 'TLS';

/**
 * Which wire protocol an expected one is: a probe's id, a URL's scheme or `https` → a name that
 * `familySpoken` knows too; null where Homeport could not recognise such a server.
 */
export const familyExpected = (expected: string): string | null =>
  familyOf.get(expected) ?? (titles.has(expected) ? expected : null);

/** Which wire protocol a server speaks; null where it is not one that a client could ask for. */
export const familySpoken = (protocol: SpokenProtocol): string | null =>
  speaksHttp(protocol) && protocol.id !== 'grpc' ? 'http' : familyExpected(protocol.id);

/**
 * Whether a client of `expected` and a server that speaks `protocol` understand one another, TLS
 * aside; null where that can't be told. gRPC is HTTP/2, which is a case of its own.
 */
export const isUnderstood = (expected: string, protocol: SpokenProtocol): boolean | null => {
  const wanted = familyExpected(expected);
  const spoken = familySpoken(protocol);
  if (wanted === null || spoken === null) return null;
  return wanted === spoken || (wanted === 'http' && spoken === 'grpc');
};

/** A family's name for a person. */
export const familyTitle = (family: string): string => titles.get(family) ?? family;

const familyOf: ReadonlyMap<string, string> = new Map([
  ['http1', 'http'],
  ['http2', 'http'],
  ['https', 'http'],
  ['ws', 'http'],
  ['wss', 'http'],
  ['grpcs', 'grpc'],
  ['postgresql', 'postgres'],
  ['mariadb', 'mysql'],
  ['valkey', 'redis'],
  ['rediss', 'redis'],
  ['amqps', 'amqp'],
  ['mqtts', 'mqtt'],
  ['sftp', 'ssh'],
  ['git+ssh', 'ssh'],
  ['ftps', 'ftp'],
  ['smtps', 'smtp'],
  ['imaps', 'imap'],
  ['pop3s', 'pop3'],
  ['ldaps', 'ldap'],
  ['socks5h', 'socks5'],
]);

/** Each is a protocol that Homeport's handshakes tell from the others. */
const titles: ReadonlyMap<string, string> = new Map([
  ['http', 'HTTP'],
  ['grpc', 'gRPC'],
  ['postgres', 'PostgreSQL'],
  ['mysql', 'MySQL'],
  ['mysqlx', "MySQL's X Protocol"],
  ['redis', 'Redis'],
  ['mongodb', 'MongoDB'],
  ['memcached', 'memcached'],
  ['amqp', 'AMQP'],
  ['mqtt', 'MQTT'],
  ['nats', 'NATS'],
  ['kafka', 'Kafka'],
  ['zookeeper', 'ZooKeeper'],
  ['cassandra', 'Cassandra'],
  ['ssh', 'SSH'],
  ['ftp', 'FTP'],
  ['smtp', 'SMTP'],
  ['imap', 'IMAP'],
  ['pop3', 'POP3'],
  ['ldap', 'LDAP'],
  ['telnet', 'Telnet'],
  ['rsync', 'rsync'],
  ['rtsp', 'RTSP'],
  ['vnc', 'VNC'],
  ['x11', 'X11'],
  ['socks5', 'SOCKS5'],
  ['dap', 'the Debug Adapter Protocol'],
  ['zmtp', 'ZeroMQ'],
  ['adb', 'the Android Debug Bridge'],
  ['epmd', "Erlang's port mapper"],
  ['dns', 'DNS'],
]);
