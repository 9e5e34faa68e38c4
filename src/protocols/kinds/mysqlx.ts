import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { startsWith } from '../wire/bytes.ts';

/** A Notice frame (type 11) of 5 or 8 bytes that says hello: 05 00 00 00 0b 08 05 1a 00. */
const hello = Uint8Array.of(0x05, 0x00, 0x00, 0x00, 0x0b, 0x08, 0x05, 0x1a, 0x00);

/** MySQL's X Protocol: greets with a server-hello notice. */
export const mysqlx: ByteProbe = {
  id: 'mysqlx',
  name: 'MySQL X Protocol',
  hello: null,
  read: (bytes) => {
    if (startsWith(bytes, hello)) return identified({ evidence: ['greets with a server hello'] });
    return startsWith(hello, bytes) ? 'more' : null;
  },
};
