import { hex, text, type Sample } from './sample.ts';

const lengthPrefixed = (kind: number, payload: Uint8Array): Uint8Array => {
  const head = Buffer.from([payload.length & 0xff, payload.length >> 8, 0, 0, kind]);
  head.writeUInt16LE(payload.length + 1, 0);
  return Buffer.concat([head, payload]);
};

const mysqlGreeting = (version: string): Uint8Array =>
  lengthPrefixed(
    10,
    Buffer.concat([text(`${version}\0`), Buffer.alloc(13), hex('fff7'), Buffer.alloc(30)]),
  );

/** What servers that speak first say, alone or after being left. */
export const greetings: readonly Sample[] = [
  {
    kind: 'ssh',
    of: 'OpenSSH',
    bytes: text('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u5\r\n'),
    shows: { version: '2.0', server: 'OpenSSH_9.2p1 Debian-2+deb12u5' },
  },
  {
    kind: 'mysql',
    of: 'MySQL 8',
    bytes: mysqlGreeting('8.0.39-0ubuntu0.22.04.1'),
    shows: { id: 'mysql', version: '8.0.39', details: { tls: 'not offered' } },
  },
  {
    kind: 'mysql',
    of: 'MariaDB 10 with the prefix for replicas',
    bytes: mysqlGreeting('5.5.5-10.11.6-MariaDB-0+deb12u1'),
    shows: { id: 'mariadb', name: 'MariaDB', version: '10.11.6' },
  },
  {
    kind: 'mysql',
    of: 'a server with too many connections',
    bytes: lengthPrefixed(0xff, Buffer.concat([hex('1004'), text('Too many connections')])),
    shows: { details: { error: '1040 Too many connections' } },
  },
  {
    kind: 'mysqlx',
    of: 'MySQL 8',
    bytes: hex('05000000 0b 08051a00'),
    shows: { evidence: ['greets with a server hello'] },
  },
  {
    kind: 'smtp',
    of: 'Postfix, after QUIT',
    bytes: text('220 mail.example.com ESMTP Postfix (Debian/GNU)\r\n221 2.0.0 Bye\r\n'),
    shows: { server: 'mail.example.com ESMTP Postfix (Debian/GNU)' },
  },
  {
    kind: 'smtp',
    of: 'a server without a word, after NOOP',
    bytes: text('220 hello\r\n250 2.0.0 OK\r\n'),
    shows: { evidence: ['greets with 220 hello', 'answers NOOP with 250'] },
  },
  {
    kind: 'ftp',
    of: 'vsftpd, after QUIT',
    bytes: text('220 (vsFTPd 3.0.3)\r\n221 Goodbye.\r\n'),
    shows: { server: '(vsFTPd 3.0.3)' },
  },
  {
    kind: 'ftp',
    of: 'a greeting of several lines, after NOOP',
    bytes: text('220-Welcome\r\n220-to us\r\n220 here\r\n530 Please login.\r\n'),
    shows: { server: 'Welcome' },
  },
  {
    kind: 'pop3',
    of: 'Dovecot, after QUIT',
    bytes: text('+OK Dovecot (Debian) ready.\r\n+OK Logging out\r\n'),
    shows: { server: 'Dovecot (Debian) ready.' },
  },
  {
    kind: 'imap',
    of: 'Dovecot, after LOGOUT',
    bytes: text('* OK [CAPABILITY IMAP4rev1 IDLE] Dovecot ready.\r\n* BYE Logging out\r\n'),
    shows: { server: 'Dovecot ready.', authentication: null },
  },
  {
    kind: 'imap',
    of: 'a server that takes anybody',
    bytes: text('* PREAUTH IMAP4rev1 server logged in\r\n* BYE\r\n'),
    shows: { authentication: 'none' },
  },
  {
    kind: 'nats',
    of: 'an open server',
    bytes: text('INFO {"server_id":"x","version":"2.10.1","max_payload":1048576}\r\n'),
    shows: { version: '2.10.1', authentication: 'none' },
  },
  {
    kind: 'nats',
    of: 'a server that wants credentials',
    bytes: text('INFO {"version":"2.10.1","auth_required":true,"tls_required":true} \r\n'),
    shows: { authentication: 'required', details: { tls: 'required' } },
  },
  {
    kind: 'vnc',
    of: 'an open screen, after its version',
    bytes: Buffer.concat([text('RFB 003.008\n'), hex('020201')]),
    shows: { version: '3.8', authentication: 'none' },
  },
  {
    kind: 'vnc',
    of: 'a screen with a password, after its version',
    bytes: Buffer.concat([text('RFB 003.008\n'), hex('0102')]),
    shows: { authentication: 'required' },
  },
  {
    kind: 'dap',
    of: 'debugpy',
    bytes: text(
      'Content-Length: 116\r\n\r\n{"seq": 1, "type": "event", "event": "output", "body": {"category": "telemetry", "output": "ptvsd", "data": {}}}',
    ),
    shows: { server: 'debugpy', authentication: 'none' },
  },
  {
    kind: 'zmtp',
    of: 'libzmq',
    bytes: hex('ff00000000000000017f03'),
    shows: { evidence: ['greets with the signature of ZMTP'] },
  },
  {
    kind: 'telnet',
    of: 'telnetd',
    bytes: hex('fffd18fffd20'),
    shows: { evidence: ['greets with a telnet option'] },
  },
  {
    kind: 'rsync',
    of: 'rsyncd',
    bytes: text('@RSYNCD: 31.0 sha512 sha256\n'),
    shows: { version: '31.0' },
  },
];
