import { replyCodeReading } from '../wire/reply-codes.ts';
import type { ByteProbe } from '../protocol-probe.ts';

/** FTP (RFC 959 4.2): greets with 220; told from SMTP by its words, else by its answer to NOOP. */
export const ftp: ByteProbe = {
  id: 'ftp',
  name: 'FTP',
  hints: ['vsftpd', 'proftpd'],
  hello: null,
  read: (bytes) =>
    replyCodeReading(bytes, {
      says: /FTPd?\b(?!\.)/i,
      greeting: ['220', '421'],
      noop: (code) => code === '200' || code === '530',
    }),
};
