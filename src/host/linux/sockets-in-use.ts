import { type Known, unknown } from '../../model/known.ts';
import { reasonOf } from './errno.ts';
import type { FileReader } from './file-reader.ts';
import type { KernelRoot } from './root.ts';

/**
 * How many sockets of every kind this network namespace has: `sockets: used` of /proc/net/sockstat,
 * which the kernel keeps counted. Never throws.
 */
export const socketsInUse = (root: KernelRoot, read: FileReader): Known<number> => {
  const content = read(`${root.proc}/net/sockstat`);
  if (typeof content === 'number') return unknown(reasonOf(content));
  const count = /^sockets: used (\d+)$/m.exec(content.toString('latin1'))?.[1];
  return count === undefined ? unknown('unsupported', 'sockstat has no count') : Number(count);
};
