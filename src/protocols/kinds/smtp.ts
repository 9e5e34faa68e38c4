import { replyCodeReading } from '../wire/reply-codes.ts';
import type { ByteProbe } from '../protocol-probe.ts';

/** SMTP (RFC 5321 4.2): greets with 220; told from FTP by its words, else by its answer to NOOP. */
export const smtp: ByteProbe = {
  id: 'smtp',
  name: 'SMTP',
  hints: ['postfix', 'exim', 'mailpit', 'mailhog'],
  hello: null,
  read: (bytes) =>
    replyCodeReading(bytes, {
      says: /\bE?SMTP\b(?!\.)/i,
      greeting: ['220', '554'],
      noop: (code) => code === '250' || code === '503',
    }),
};
