import { clip, identified } from '../identification.ts';
import type { ByteProbe } from '../protocol-probe.ts';
import { beginsWith, bytesOf, textOf } from '../wire/bytes.ts';

/** ZooKeeper: the four-letter word `srvr`, the only one that is allowed by default. */
export const zookeeper: ByteProbe = {
  id: 'zookeeper',
  name: 'ZooKeeper',
  ports: [2181],
  hello: () => bytesOf('srvr'),
  read: (bytes, { ended }) => {
    if (textOf(bytes, 64).startsWith('srvr is not executed because it is not in the whitelist')) {
      return identified({ evidence: ['knows the word srvr, and does not allow it'] });
    }
    const starts = [beginsWith(bytes, 'Zookeeper version: '), beginsWith(bytes, 'srvr is not')];
    if (starts.every((start) => start === 'no')) return null;
    const match = /^Zookeeper version: ([\w.]+)[^\n]*\n/.exec(textOf(bytes, 1_024));
    if (match === null) return ended ? null : 'more';
    const mode = /^Mode: (\w+)$/m.exec(textOf(bytes, 1_024))?.[1];
    if (mode === undefined && !ended) return 'more';
    return identified({
      version: clip(match[1] ?? ''),
      ...(mode === undefined ? {} : { details: { mode } }),
      evidence: [clip(`answers srvr with version ${match[1] ?? ''}`)],
    });
  },
};
