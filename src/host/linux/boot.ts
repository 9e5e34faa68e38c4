import { endianness } from 'node:os';
import type { FileReader } from './file-reader.ts';
import type { KernelRoot } from './root.ts';

/** What makes sense of the numbers in `/proc/<pid>/stat`, constant while the machine runs. */
export type BootFacts = {
  /** `/proc/sys/kernel/random/boot_id`; empty where it can't be read. */
  readonly bootId: string;
  /** Milliseconds since the epoch, whole seconds: `btime` of proc_stat(5). */
  readonly bootedAtMs: number;
  /** Bytes. */
  readonly pageSize: number;
};

/** USER_HZ: what every clock tick in /proc is, whatever HZ the kernel was built with (time(7)). */
export const msPerTick = 10;

const usualPageSize = 4096;

/** Reads what the numbers of `/proc/<pid>/stat` refer to. Never throws. */
export const readBootFacts = (root: KernelRoot, read: FileReader): BootFacts => ({
  bootId: textOf(read(`${root.proc}/sys/kernel/random/boot_id`))?.trim() ?? '',
  bootedAtMs: bootTime(textOf(read(`${root.proc}/stat`)) ?? ''),
  pageSize: pageSize(read(`${root.proc}/self/auxv`)),
});

/** A file's text with invalid UTF-8 replaced; null for an errno. */
export const textOf = (content: Buffer | number): string | null =>
  typeof content === 'number' ? null : content.toString('utf8');

const bootTime = (stat: string): number => Number(/^btime (\d+)$/m.exec(stat)?.[1] ?? 0) * 1000;

// AT_PAGESZ of getauxval(3): the auxiliary vector is pairs of native words.
const pageSizeEntry = 6n;
const pairSize = 16;

const pageSize = (auxv: Buffer | number): number => {
  if (typeof auxv === 'number') return usualPageSize;
  const word = (at: number): bigint =>
    endianness() === 'LE' ? auxv.readBigUInt64LE(at) : auxv.readBigUInt64BE(at);
  for (let at = 0; at + pairSize <= auxv.length; at += pairSize) {
    if (word(at) === pageSizeEntry) return Number(word(at + 8));
  }
  return usualPageSize;
};
