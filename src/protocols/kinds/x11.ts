import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { cursorOver } from '../wire/cursor.ts';

const failed = 0;
const authenticate = 2;

/** X11's connection setup, protocol 11.0, without credentials (X Window System Protocol, 8). */
export const x11: ByteProbe = {
  id: 'x11',
  name: 'X11',
  hints: ['x-server', 'xvfb'],
  ports: [6000, 6001],
  ambiguous: true,
  hello: () => Uint8Array.of(0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0),
  read: (bytes) => {
    const cursor = cursorOver(bytes);
    const outcome = cursor.u8();
    const reasonLength = cursor.u8();
    const major = cursor.u16le();
    cursor.skip(4);
    if (outcome > authenticate) return null;
    if (cursor.short()) return 'more';
    if (outcome !== authenticate && major !== 11) return null;
    if (outcome === failed) return readRefusal(cursor.text(reasonLength), cursor.short());
    if (outcome === authenticate) return readRefusal('it wants credentials', false);
    // Release, resource base and mask, motion buffer size, then the vendor's length and its text.
    cursor.skip(16);
    const vendorLength = cursor.u16le();
    cursor.skip(14);
    const server = cursor.text(vendorLength);
    if (cursor.short()) return 'more';
    const evidence = ['accepts a client without credentials'];
    return identified({ server: clip(server) || null, authentication: 'none', evidence });
  },
};

const readRefusal = (reason: string, short: boolean) =>
  short
    ? ('more' as const)
    : identified({ authentication: 'required', evidence: [`refuses: ${clip(reason.trim())}`] });
