import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, bytesOf, textOf } from '../wire/bytes.ts';

/**
 * The server of the Android Debug Bridge: `host:version`.
 * https://android.googlesource.com/platform/packages/modules/adb/+/HEAD/docs/dev/services.md
 */
export const adb: ByteProbe = {
  id: 'adb',
  name: 'Android Debug Bridge',
  ports: [5037],
  hello: () => bytesOf('000chost:version'),
  read: (bytes) => {
    const begins = beginsWith(bytes, 'OKAY');
    if (begins !== 'yes') return begins === 'more' ? 'more' : null;
    const match = /^OKAY0004([0-9a-f]{4})/i.exec(textOf(bytes, 12));
    if (match === null) return bytes.length < 12 ? 'more' : null;
    const version = String(Number.parseInt(match[1] ?? '', 16));
    const evidence = [`answers host:version with ${version}`];
    return identified({ version, authentication: 'none', evidence });
  },
};
