import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { bytesOf } from '../wire/bytes.ts';

const sequence = 0x30;
const answers: ReadonlySet<number> = new Set([0x64, 0x65, 0x78]);

/** An anonymous search for the root DSE, base scope, no attributes (`1.1`); message id 7. */
const search = Buffer.concat([
  Uint8Array.of(sequence, 42, 0x02, 1, 7, 0x63, 37, 0x04, 0, 0x0a, 1, 0, 0x0a, 1, 0),
  Uint8Array.of(0x02, 1, 1, 0x02, 1, 1, 0x01, 1, 0, 0x87, 11),
  bytesOf('objectClass'),
  Uint8Array.of(sequence, 5, 0x04, 3),
  bytesOf('1.1'),
]);

/** LDAP (RFC 4511 4.5): reads the entry that every server shows to anybody, and no data. */
export const ldap: ByteProbe = {
  id: 'ldap',
  name: 'LDAP',
  hints: ['slapd', 'openldap', 'ldaps'],
  ports: [389],
  ambiguous: true,
  hello: () => search,
  read: (bytes) => {
    if (bytes[0] !== sequence) return null;
    if (bytes.length < 7) return 'more';
    const long = (bytes[1] ?? 0) >= 0x80 ? (bytes[1] ?? 0) - 0x80 : 0;
    if (long > 4) return null;
    const [tag, length, id, operation] = bytes.subarray(2 + long);
    if (operation === undefined) return 'more';
    return tag === 0x02 && length === 1 && id === 7 && answers.has(operation)
      ? identified({ evidence: ['answers a search for the root DSE'] })
      : null;
  },
};
