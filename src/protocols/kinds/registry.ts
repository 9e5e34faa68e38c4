import type { ByteProbe, ProtocolProbe } from '../protocol-probe.ts';
import { adb } from './adb.ts';
import { amqp } from './amqp.ts';
import { cassandra } from './cassandra.ts';
import { dap } from './dap.ts';
import { dns } from './dns.ts';
import { epmd } from './epmd.ts';
import { ftp } from './ftp.ts';
import { http1 } from './http1.ts';
import { http2 } from './http2.ts';
import { imap } from './imap.ts';
import { kafka } from './kafka.ts';
import { ldap } from './ldap.ts';
import { memcached } from './memcached.ts';
import { mongodb } from './mongodb.ts';
import { mqtt } from './mqtt.ts';
import { mysql } from './mysql.ts';
import { mysqlx } from './mysqlx.ts';
import { nats } from './nats.ts';
import { pop3 } from './pop3.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { rsync } from './rsync.ts';
import { rtsp } from './rtsp.ts';
import { smtp } from './smtp.ts';
import { socks5 } from './socks5.ts';
import { ssh } from './ssh.ts';
import { telnet } from './telnet.ts';
import { tls } from './tls.ts';
import { vnc } from './vnc.ts';
import { x11 } from './x11.ts';
import { zmtp } from './zmtp.ts';
import { zookeeper } from './zookeeper.ts';

/** Kinds whose servers speak first: they only listen, and all judge the same greeting. */
export const greetingKinds: readonly ByteProbe[] = [
  ssh,
  mysql,
  mysqlx,
  smtp,
  ftp,
  pop3,
  imap,
  nats,
  vnc,
  dap,
  zmtp,
  telnet,
  rsync,
];

/** Kinds that have to be asked, the most common on a developer's machine first. */
export const askKinds: readonly ProtocolProbe[] = [
  http1,
  redis,
  tls,
  postgres,
  mongodb,
  http2,
  amqp,
  memcached,
  mqtt,
  dns,
  kafka,
  socks5,
  cassandra,
  zookeeper,
  ldap,
  rtsp,
  epmd,
  adb,
  x11,
];
