import { clip, identified } from '../identification.ts';
import type { ByteProbe, Identification } from '../protocol-probe.ts';
import { cursorOver, type Cursor } from '../wire/cursor.ts';

const handshakeV10 = 10;
const errorPacket = 0xff;
const tlsCapability = 0x0800;

/**
 * MySQL and MariaDB: the server's Initial Handshake Packet, version 10.
 * https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html
 * The client that leaves then is an aborted one to the server; over loopback it is never blocked.
 */
export const mysql: ByteProbe = {
  id: 'mysql',
  name: 'MySQL',
  hints: ['mariadb'],
  hello: null,
  read: (bytes) => {
    if (bytes.length < 5) return bytes.length < 4 || bytes[3] === 0 ? 'more' : null;
    const cursor = cursorOver(bytes);
    const length = cursor.u16le() + cursor.u8() * 65_536;
    const sequence = cursor.u8();
    const kind = cursor.u8();
    if (sequence !== 0 || length > 1_024) return null;
    if (kind !== handshakeV10 && kind !== errorPacket) return null;
    if (cursor.remaining() < length - 1) return 'more';
    return kind === handshakeV10 ? readHandshake(cursor) : readRefusal(cursor, length);
  },
};

const readHandshake = (cursor: Cursor): Identification | null => {
  const server = cursor.cString();
  // Connection id, the first part of the nonce, a filler.
  cursor.skip(4 + 8 + 1);
  const capabilities = cursor.u16le();
  if (cursor.short() || !/^\d+\.\d+/.test(server)) return null;
  const mariadb = /mariadb/i.test(server);
  return identified({
    id: mariadb ? 'mariadb' : 'mysql',
    name: mariadb ? 'MariaDB' : 'MySQL',
    // MariaDB 10 puts 5.5.5- in front for the sake of old replicas.
    version: /\d+\.\d+(?:\.\d+)?/.exec(server.replace(/^5\.5\.5-/, ''))?.[0] ?? null,
    server: clip(server),
    details: { tls: (capabilities & tlsCapability) === 0 ? 'not offered' : 'offered' },
    evidence: [`greets with handshake version 10 of ${clip(server)}`],
  });
};

/** An error instead of a handshake: too many connections, or this host may not connect. */
const readRefusal = (cursor: Cursor, length: number): Identification | null => {
  const code = cursor.u16le();
  const message = cursor.text(length - 3);
  if (cursor.short() || code < 1_000 || code > 5_000) return null;
  return identified({
    details: { error: `${code} ${clip(message)}` },
    evidence: [`greets with error ${code}: ${clip(message)}`],
  });
};
