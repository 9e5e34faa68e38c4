import { identified } from '../identification.ts';
import type { ByteProbe, Identification } from '../protocol-probe.ts';
import { bytesOf, textOf } from '../wire/bytes.ts';

const versionLength = 12;
const noSecurity = 1;

/**
 * VNC (RFB, RFC 6143 7.1): the server's version, then, after agreeing on it, the security types it
 * offers. Nothing is chosen, so no session begins.
 */
export const vnc: ByteProbe = {
  id: 'vnc',
  name: 'VNC (RFB)',
  hello: null,
  read: (bytes) => {
    const greeting = textOf(bytes, versionLength);
    if (!'RFB '.startsWith(greeting.slice(0, 4))) return null;
    if (greeting.length < versionLength) return 'more';
    const match = /^RFB (\d{3})\.(\d{3})\n$/.exec(greeting);
    if (match === null) return null;
    const version = `${Number(match[1])}.${Number(match[2])}`;
    const seen = identified({ version, evidence: [`greets with ${greeting.trim()}`] });
    // Before 3.8 the server chooses by itself; there is no list to read.
    if (greeting < 'RFB 003.007') return seen;
    return withSecurity(seen, bytes.subarray(versionLength), greeting);
  },
};

const withSecurity = (seen: Identification, rest: Uint8Array, greeting: string) => {
  const [count = 0, ...types] = rest.subarray(0, 1 + (rest[0] ?? 0));
  const reply = greeting < 'RFB 003.008' ? 'RFB 003.007\n' : 'RFB 003.008\n';
  if (count === 0 || types.length < count) return { say: bytesOf(reply), otherwise: seen };
  const open = types.includes(noSecurity);
  return {
    ...seen,
    authentication: open ? ('none' as const) : ('required' as const),
    details: { securityTypes: types.join(' ') },
    evidence: [...seen.evidence, `offers security types ${types.join(', ')}`],
  };
};
