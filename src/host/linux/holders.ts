import { existsSync } from 'node:fs';
import type { Problem } from '../../model/problem.ts';
import type { HolderReading } from '../host.ts';
import { createAcceptEvidence } from './accept-evidence.ts';
import { reasonOf } from './errno.ts';
import { openFfi } from './ffi.ts';
import type { Ffi } from './ffi.ts';
import { createFileReader } from './file-reader.ts';
import type { FileReader } from './file-reader.ts';
import { isSomebodyElses } from './hidden-process.ts';
import { scanHoldersNatively } from './holder-scan-native.ts';
import { scanHoldersPlainly, scanThreads } from './holder-scan-plain.ts';
import { startScan } from './holder-table.ts';
import type { HolderScan } from './holder-table.ts';

/**
 * Finds every process that holds one of the wanted socket inodes, inherited descriptors included.
 * Where several processes hold one it looks for evidence of which of them accept. Never throws for
 * what can't be seen: processes that refuse are counted, those that end meanwhile left out. Where
 * /proc hides other users' processes there is at least one, of which no more is known.
 */
export const readHolders = (procRoot: string, wanted: ReadonlySet<number>): HolderReading => {
  const ffi = procRoot === '/proc' ? openFfi() : null;
  const found = scan(ffi, procRoot, wanted);
  scanThreads(procRoot, found);
  addAcceptEvidence(createFileReader(ffi), procRoot, found);
  return {
    holders: found.table,
    unreadableProcesses: found.unreadableProcesses + (hidesProcesses(procRoot) ? 1 : 0),
    problems: found.errno === 0 ? [] : [unreadable(found.errno)],
  };
};

const scan = (ffi: Ffi | null, procRoot: string, wanted: ReadonlySet<number>): HolderScan => {
  if (wanted.size === 0) return startScan(wanted);
  return ffi === null
    ? scanHoldersPlainly(procRoot, wanted)
    : scanHoldersNatively(ffi, procRoot, wanted);
};

/** A pid namespace always has a process 1. */
const hidesProcesses = (procRoot: string): boolean =>
  procRoot === '/proc' && !existsSync('/proc/1') && isSomebodyElses(1);

const unreadable = (errno: number): Problem => ({
  id: 'holders-unreadable',
  reason: reasonOf(errno),
  detail: 'The list of processes could not be read; who holds a socket is not known.',
});

const addAcceptEvidence = (
  read: FileReader,
  procRoot: string,
  { table, shared, epolls }: HolderScan,
): void => {
  const find = createAcceptEvidence(read, procRoot, epolls);
  for (const inode of shared) {
    const holders = table.get(inode) ?? [];
    table.set(
      inode,
      holders.map((holder) => ({ ...holder, accepting: find(holder, inode) })),
    );
  }
};
