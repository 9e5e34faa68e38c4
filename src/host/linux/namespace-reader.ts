import { readlinkSync, statSync } from 'node:fs';
import { bracketedNumber } from './bracketed-number.ts';
import { directoryBufferSize, forEachNumber } from './directory-numbers.ts';
import { errno } from './errno.ts';
import { atWorkingDirectory, readOnly } from './ffi.ts';
import type { Ffi } from './ffi.ts';
import { errnoOf } from './file-reader.ts';
import { numberedEntries } from './numbered-entries.ts';

/** Which network namespace each process is in, as /proc tells. Close it after use. */
export type NamespaceReader = {
  pids(): readonly number[];
  /** The number in the link `net:[N]` of a process; a negative errno where it can't be read. */
  namespaceOf(process: number | 'self'): number;
  /**
   * Inode number of the process's `net/dev` file, which the kernel numbers once for each network
   * namespace and shows even where the link is refused; a negative errno where it can't be read.
   */
  tableOf(process: number | 'self'): number;
  close(): void;
};

const linkPrefix = Buffer.from('net:[');

/** Opens a reader on `procRoot`: by libc with `ffi`, by plain files with null; both tell the same. */
export const openNamespaceReader = (ffi: Ffi | null, procRoot: string): NamespaceReader =>
  (ffi === null ? null : openNative(ffi, procRoot)) ?? openPlain(procRoot);

// struct statx: u64 stx_ino at 32; mask STATX_INO.
const statxInodeWord = 8;
const statxInode = 0x100;

const openNative = (ffi: Ffi, procRoot: string): NamespaceReader | null => {
  const name = ffi.allocate(4096);
  const result = ffi.allocate(256);
  const write = (path: string): number => {
    name.bytes[name.bytes.write(path, 0, 4095)] = 0;
    return name.address;
  };
  const root = ffi.openat(atWorkingDirectory, write(procRoot), readOnly);
  if (root < 0) return null;
  return {
    pids: () => {
      const pids: number[] = [];
      forEachNumber(ffi, root, ffi.allocate(directoryBufferSize), (pid) => pids.push(pid));
      return pids;
    },
    namespaceOf: (process) => {
      const path = write(`${process}/ns/net`);
      const length = ffi.readlinkat(root, path, result.address, result.bytes.length);
      return length < 0 ? -ffi.errno() : bracketedNumber(result.bytes, length, linkPrefix);
    },
    tableOf: (process) => {
      const path = write(`${process}/net/dev`);
      if (ffi.statx(root, path, 0, statxInode, result.address) < 0) return -ffi.errno();
      return result.words[statxInodeWord] ?? -errno.ENOENT;
    },
    close: () => void ffi.close(root),
  };
};

const openPlain = (procRoot: string): NamespaceReader => ({
  pids: () => {
    const pids = numberedEntries(procRoot);
    return typeof pids === 'number' ? [] : pids;
  },
  namespaceOf: (process) =>
    attempt(() => {
      const link = Buffer.from(readlinkSync(`${procRoot}/${process}/ns/net`));
      return bracketedNumber(link, link.length, linkPrefix);
    }),
  tableOf: (process) => attempt(() => statSync(`${procRoot}/${process}/net/dev`).ino),
  close: () => {},
});

const attempt = (read: () => number): number => {
  try {
    return read();
  } catch (error) {
    return -errnoOf(error);
  }
};
