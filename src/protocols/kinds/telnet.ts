import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';

/** Telnet: greets with option negotiation, IAC (255) WILL, WON'T, DO or DON'T (RFC 854). */
export const telnet: ByteProbe = {
  id: 'telnet',
  name: 'Telnet',
  hello: null,
  read: (bytes, { ended }) => {
    if (bytes[0] !== 0xff) return null;
    if (bytes.length < 3) return ended ? null : 'more';
    const [, command = 0, option = 0] = bytes;
    return command >= 0xfb && command <= 0xfe && option < 0x40
      ? identified({ evidence: ['greets with a telnet option'] })
      : null;
  },
};
