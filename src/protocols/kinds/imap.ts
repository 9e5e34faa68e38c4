import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, bytesOf, firstLine } from '../wire/bytes.ts';

/** IMAP (RFC 9051 7.1): greets with `* OK`, `* PREAUTH` or `* BYE`; left with LOGOUT. */
export const imap: ByteProbe = {
  id: 'imap',
  name: 'IMAP',
  hints: ['dovecot'],
  hello: null,
  read: (bytes) => {
    const begins = beginsWith(bytes, '* ');
    if (begins !== 'yes') return begins === 'more' ? 'more' : null;
    const line = firstLine(bytes, 1_024);
    if (line === null) return bytes.length < 1_024 ? 'more' : null;
    const match = /^\* (OK|PREAUTH|BYE)(?: \[[^\]]*\])?(?: (.*))?$/.exec(line);
    if (match === null) return null;
    const [, state, words = ''] = match;
    const seen = identified({
      server: clip(words) || null,
      authentication: state === 'PREAUTH' ? 'none' : null,
      evidence: [`greets with ${clip(line)}`],
    });
    const answered = bytes.subarray(line.length + 2).length > 0;
    return answered || state === 'BYE' ? seen : { say: bytesOf('a LOGOUT\r\n'), otherwise: seen };
  },
};
