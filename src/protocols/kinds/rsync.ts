import { identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, firstLine } from '../wire/bytes.ts';

/** An rsync daemon: greets with `@RSYNCD: 31.0 …`; rsyncd.conf(5). */
export const rsync: ByteProbe = {
  id: 'rsync',
  name: 'rsync daemon',
  hello: null,
  read: (bytes) => {
    const begins = beginsWith(bytes, '@RSYNCD: ');
    if (begins !== 'yes') return begins === 'more' ? 'more' : null;
    const line = firstLine(bytes, 256);
    if (line === null) return 'more';
    const version = /^@RSYNCD: (\d+\.\d+)/.exec(line)?.[1];
    return version === undefined
      ? null
      : identified({ version, evidence: [`greets with @RSYNCD: ${version}`] });
  },
};
