import { unknown } from '../../model/known.ts';
import type { Known } from '../../model/known.ts';
import type { Namespace, RawSocketCount } from '../../model/socket.ts';
import { errno, reasonOf } from './errno.ts';
import type { FileReader } from './file-reader.ts';

/**
 * Counts the raw sockets (IPv4 and IPv6) and packet sockets listed in a /proc/net directory. Kernels
 * rarely have raw_diag, and the tables are short: the text is the better source.
 */
export const countRawSockets = (
  read: FileReader,
  directory: string,
  namespace: Namespace,
): RawSocketCount => ({
  namespace,
  raw: sum(countRows(read(`${directory}/raw`)), countRows6(read(`${directory}/raw6`))),
  packet: countRows(read(`${directory}/packet`)),
});

const countRows = (content: Buffer | number): Known<number> =>
  typeof content === 'number' ? unknown(reasonOf(content)) : Math.max(0, lineFeeds(content) - 1);

// A machine without IPv6 has no raw6 table, and so no such sockets.
const countRows6 = (content: Buffer | number): Known<number> =>
  content === errno.ENOENT ? 0 : countRows(content);

const sum = (first: Known<number>, second: Known<number>): Known<number> => {
  if (typeof first !== 'number') return first;
  return typeof second === 'number' ? first + second : second;
};

const lineFeeds = (content: Buffer): number => {
  let count = 0;
  for (let at = content.indexOf(10); at !== -1; at = content.indexOf(10, at + 1)) count += 1;
  return count;
};
