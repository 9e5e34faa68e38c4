import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';

const withoutAuthentication = 0x00;
const noneAcceptable = 0xff;

/** SOCKS5 (RFC 1928 3): offers to go without authentication, and asks for no connection. */
export const socks5: ByteProbe = {
  id: 'socks5',
  name: 'SOCKS5',
  hints: ['socks', 'socks5h', 'tor', 'clash', 'sing-box'],
  ports: [1080, 9050, 9150],
  ambiguous: true,
  hello: () => Uint8Array.of(5, 1, withoutAuthentication),
  read: (bytes) => {
    if (bytes[0] !== 5 || bytes.length > 2) return null;
    const method = bytes[1];
    if (method === undefined) return 'more';
    if (method !== withoutAuthentication && method !== noneAcceptable) return null;
    return method === withoutAuthentication
      ? identified({ authentication: 'none', evidence: ['accepts clients without credentials'] })
      : identified({ authentication: 'required', evidence: ['wants credentials'] });
  },
};
