import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { cursorOver } from '../wire/cursor.ts';

const queryId = 0x486f;
const responseBit = 0x8000;
const opcodeBits = 0x7800;

/** Length 17; id; flags 0 (no recursion is asked for); one question; the root, type NS, class IN. */
const query = Uint8Array.of(0, 17, 0x48, 0x6f, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1);

/** DNS over TCP (RFC 1035 4.2.2, RFC 7766): asks for the root's name servers without recursion. */
export const dns: ByteProbe = {
  id: 'dns',
  name: 'DNS',
  hints: ['dnsmasq', 'unbound', 'bind', 'coredns', 'systemd-resolved'],
  ports: [53, 5353],
  hello: () => query,
  read: (bytes) => {
    const cursor = cursorOver(bytes);
    const length = cursor.u16();
    const id = cursor.u16();
    const flags = cursor.u16();
    if (cursor.short()) return bytes.length < 6 && bytes[0] === 0 ? 'more' : null;
    const isAnswer = (flags & responseBit) !== 0 && (flags & opcodeBits) === 0;
    if (id !== queryId || !isAnswer || length < 12) return null;
    const code = flags & 0x0f;
    const details = { responseCode: responseCodes[code] ?? String(code) };
    return identified({ details, evidence: [`answers a query with ${details.responseCode}`] });
  },
};

/** RFC 1035 4.1.1. */
const responseCodes: readonly string[] = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
];
