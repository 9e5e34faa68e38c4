import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, bytesOf, firstLine } from '../wire/bytes.ts';

/** POP3 (RFC 1939 4): greets with `+OK`; QUIT before logging in touches no mailbox. */
export const pop3: ByteProbe = {
  id: 'pop3',
  name: 'POP3',
  hints: ['dovecot'],
  hello: null,
  read: (bytes) => {
    const begins = beginsWith(bytes, '+OK');
    if (begins !== 'yes') return begins === 'more' ? 'more' : null;
    const line = firstLine(bytes, 512);
    if (line === null) return 'more';
    if (!/^\+OK(?: |$)/.test(line)) return null;
    const server = clip(line.slice('+OK '.length)) || null;
    const seen = identified({ server, evidence: [`greets with ${clip(line)}`] });
    const answered = bytes.subarray(line.length + 2).length > 0;
    return answered ? seen : { say: bytesOf('QUIT\r\n'), otherwise: seen };
  },
};
