import { encodeBson, u32le } from '../../src/protocols/wire/bson.ts';
import { hex, text, type Sample } from './sample.ts';

const mongoReply = (to: number, document: Parameters<typeof encodeBson>[0]): Uint8Array => {
  const body = Buffer.concat([u32le(0), Buffer.of(0), encodeBson(document)]);
  const header = [16 + body.length, 99, to, 2_013].map((value) => u32le(value));
  return Buffer.concat([...header, body]);
};

const mongoHello = mongoReply(1, { isWritablePrimary: true, setName: 'rs0', ok: 1 });
const mongoBuild = mongoReply(2, { version: '7.0.14', ok: 1 });

const amqpField = (name: string, value: string): Uint8Array =>
  Buffer.concat([Buffer.of(name.length), text(name), text('S'), u32be(value.length), text(value)]);

const u32be = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const amqpStart = (): Uint8Array => {
  const nested = amqpField('x', 'y');
  const table = Buffer.concat([
    Buffer.of(12),
    text('capabilities'),
    text('F'),
    u32be(nested.length),
    nested,
    amqpField('product', 'RabbitMQ'),
    amqpField('version', '3.12.1'),
  ]);
  const method = Buffer.concat([hex('000a000a0009'), u32be(table.length), table, u32be(0)]);
  return Buffer.concat([hex('010000'), u32be(method.length), method, Buffer.of(0xce)]);
};

const cassandraSupported = (key: string): Uint8Array => {
  const string = (value: string): Uint8Array =>
    Buffer.concat([Buffer.of(0, value.length), text(value)]);
  const options = [string('CQL_VERSION'), Buffer.of(0, 1), string('3.4.6')];
  const body = Buffer.concat([
    Buffer.of(0, 2),
    string(key),
    Buffer.of(0, 1),
    string('lz4'),
    ...options,
  ]);
  return Buffer.concat([hex('84000000 06'), u32be(body.length), body]);
};

const info = 'redis_version:7.2.4\r\nvalkey_version:8.0.1\r\nserver_mode:standalone\r\n';

const x11Setup = (vendor: string): Uint8Array => {
  const fixed = Buffer.alloc(40);
  fixed.set(hex('01000b0000000000'));
  fixed.writeUInt16LE(vendor.length, 24);
  return Buffer.concat([fixed, text(vendor)]);
};

/** What servers that have to be asked answer to their own kind's hellos, all of it. */
export const answers: readonly Sample[] = [
  {
    kind: 'http1',
    of: 'nginx',
    bytes: text(
      'HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nContent-Length: 20\r\n\r\n<title>Shop</title>\n',
    ),
    shows: { version: '1.1', server: 'nginx/1.22.1', title: 'Shop', authentication: null },
  },
  {
    kind: 'redis',
    of: 'Redis',
    bytes: text('+PONG\r\n$46\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n\r\n'),
    shows: { name: 'Redis', version: '7.0.15', authentication: 'none' },
  },
  {
    kind: 'redis',
    of: 'Valkey',
    bytes: text(`+PONG\r\n$${info.length}\r\n${info}\r\n`),
    shows: { name: 'Valkey', version: '8.0.1', details: { mode: 'standalone' } },
  },
  {
    kind: 'redis',
    of: 'a server where INFO is not allowed',
    bytes: text("+PONG\r\n-NOPERM this user has no permissions to run the 'info' command\r\n"),
    shows: { version: null, authentication: 'none' },
  },
  {
    kind: 'redis',
    of: 'a server with a password',
    bytes: text('-NOAUTH Authentication required.\r\n'),
    shows: { authentication: 'required' },
  },
  {
    kind: 'redis',
    of: 'a server that still loads',
    bytes: text('-LOADING Redis is loading the dataset in memory\r\n'),
    shows: { authentication: null, details: { loading: 'yes' } },
  },
  {
    kind: 'redis',
    of: 'protected mode',
    bytes: text('-DENIED Redis is running in protected mode because protected mode is enabled\r\n'),
    shows: { details: { protectedMode: 'yes' } },
  },
  {
    kind: 'postgres',
    of: 'a server with TLS',
    bytes: text('S'),
    shows: { details: { tls: 'offered' } },
  },
  {
    kind: 'postgres',
    of: 'a server without TLS and GSSAPI',
    bytes: text('NN'),
    shows: { details: { tls: 'not offered' } },
  },
  {
    kind: 'postgres',
    of: 'a server from before version 12',
    bytes: Buffer.concat([text('NE'), u32be(20), text('SFATAL\0C0A000\0\0')]),
    shows: { details: { tls: 'not offered' } },
  },
  {
    kind: 'mongodb',
    of: 'an open server',
    bytes: Buffer.concat([mongoHello, mongoBuild, mongoReply(3, { totalSize: 0, ok: 1 })]),
    shows: {
      version: '7.0.14',
      authentication: 'none',
      details: { replicaSet: 'rs0', writablePrimary: 'true' },
    },
  },
  {
    kind: 'mongodb',
    of: 'a server with access control',
    bytes: Buffer.concat([mongoHello, mongoBuild, mongoReply(3, { ok: 0, code: 13 })]),
    shows: { version: '7.0.14', authentication: 'required' },
  },
  {
    kind: 'amqp',
    of: 'RabbitMQ',
    bytes: amqpStart(),
    shows: { version: '3.12.1', server: 'RabbitMQ 3.12.1', details: { protocolVersion: '0-9' } },
  },
  {
    kind: 'amqp',
    of: 'a broker that speaks 1.0',
    bytes: hex('414d5150 03010000'),
    shows: { name: 'AMQP', version: '1.0.0' },
  },
  {
    kind: 'memcached',
    of: 'memcached',
    bytes: text('VERSION 1.6.18\r\n'),
    shows: { version: '1.6.18', authentication: 'none' },
  },
  {
    kind: 'memcached',
    of: 'memcached with an authentication file',
    bytes: text('CLIENT_ERROR unauthenticated\r\n'),
    shows: { authentication: 'required' },
  },
  {
    kind: 'mqtt',
    of: 'a broker of version 3.1.1',
    bytes: hex('20020001'),
    shows: { evidence: ['refuses an unknown protocol level with CONNACK'] },
  },
  {
    kind: 'mqtt',
    of: 'a broker of version 5',
    bytes: hex('2003008400'),
    shows: { evidence: ['refuses an unknown protocol level with CONNACK'] },
  },
  {
    kind: 'kafka',
    of: 'a broker with two APIs',
    bytes: hex('00000016 686f6d65 0000 00000002 000000000009 00010000000d'),
    shows: { evidence: ['answers ApiVersions with 2 APIs'] },
  },
  {
    kind: 'cassandra',
    of: 'Cassandra',
    bytes: cassandraSupported('COMPRESSION'),
    shows: { server: null, details: { cql: '3.4.6' } },
  },
  {
    kind: 'cassandra',
    of: 'ScyllaDB',
    bytes: cassandraSupported('SCYLLA_SHARD'),
    shows: { server: 'ScyllaDB' },
  },
  {
    kind: 'zookeeper',
    of: 'a server that allows the word',
    bytes: text(
      'Zookeeper version: 3.8.0-${mvngit.commit.id}, built on 2022-02-26\nLatency min/avg/max: 0/0.0/0\nMode: standalone\nNode count: 5\n',
    ),
    shows: { version: '3.8.0', details: { mode: 'standalone' } },
  },
  {
    kind: 'zookeeper',
    of: 'a server that does not allow the word',
    bytes: text('srvr is not executed because it is not in the whitelist.\n'),
    shows: { evidence: ['knows the word srvr, and does not allow it'] },
  },
  {
    kind: 'socks5',
    of: 'an open proxy',
    bytes: hex('0500'),
    shows: { authentication: 'none' },
  },
  {
    kind: 'socks5',
    of: 'a proxy with passwords',
    bytes: hex('05ff'),
    shows: { authentication: 'required' },
  },
  {
    kind: 'dns',
    of: 'a resolver that refuses',
    bytes: hex('000c 486f 8005 0000 0000 0000 0000'),
    shows: { details: { responseCode: 'REFUSED' } },
  },
  {
    kind: 'ldap',
    of: 'OpenLDAP',
    bytes: hex('30 0c 02 01 07 64 07 04 00 30 00'),
    shows: { evidence: ['answers a search for the root DSE'] },
  },
  {
    kind: 'ldap',
    of: 'Active Directory, which uses long lengths',
    bytes: hex('30 84 00 00 00 0c 02 01 07 65 84 00 00 00 03 0a 01 00'),
    shows: { evidence: ['answers a search for the root DSE'] },
  },
  {
    kind: 'rtsp',
    of: 'a camera',
    bytes: text('RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\nServer: Camera/1.0\r\n\r\n'),
    shows: { version: '1.0', server: 'Camera/1.0', authentication: 'required' },
  },
  {
    kind: 'epmd',
    of: 'a machine with RabbitMQ',
    bytes: Buffer.concat([u32be(4_369), text('name rabbit at port 25672\n')]),
    shows: { details: { nodes: 'rabbit:25672' } },
  },
  {
    kind: 'adb',
    of: 'adb 41',
    bytes: text('OKAY00040029'),
    shows: { version: '41', authentication: 'none' },
  },
  {
    kind: 'x11',
    of: 'an open display',
    bytes: x11Setup('The X.Org Foundation'),
    shows: { server: 'The X.Org Foundation', authentication: 'none' },
  },
  {
    kind: 'x11',
    of: 'a display with access control',
    bytes: Buffer.concat([hex('00160b0000000600'), text('Authorization required')]),
    shows: { authentication: 'required', evidence: ['refuses: Authorization required'] },
  },
];
