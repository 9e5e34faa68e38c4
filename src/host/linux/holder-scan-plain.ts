import { readlinkSync } from 'node:fs';
import { isDenied } from './errno.ts';
import { errnoOf } from './file-reader.ts';
import { startScan, recordLink } from './holder-table.ts';
import type { HolderScan } from './holder-table.ts';
import { numberedEntries } from './numbered-entries.ts';

/**
 * Finds who holds the wanted socket inodes by `node:fs` alone: the answers of
 * `scanHoldersNatively`, where libc can't be called and for fixtures.
 */
export const scanHoldersPlainly = (procRoot: string, wanted: ReadonlySet<number>): HolderScan => {
  const scan = startScan(wanted);
  const pids = numberedEntries(procRoot);
  if (typeof pids === 'number') return { ...scan, errno: pids };
  for (const pid of pids) {
    scan.pid = pid;
    if (isDenied(scanProcess(procRoot, scan))) scan.unreadableProcesses += 1;
  }
  return scan;
};

/** Returns 0, or the errno of what refused. A process that ended is simply not there any more. */
const scanProcess = (procRoot: string, scan: HolderScan): number => {
  const directory = `${procRoot}/${scan.pid}/fd`;
  const fds = numberedEntries(directory);
  if (typeof fds === 'number') return fds;
  let refused = 0;
  for (const fd of fds) {
    const link = readLink(`${directory}/${fd}`);
    if (typeof link === 'number') refused ||= link;
    else recordLink(scan, fd, link, link.length);
  }
  return refused;
};

/** The link's bytes, or an errno. */
const readLink = (path: string): Buffer | number => {
  try {
    return readlinkSync(path, 'buffer');
  } catch (error) {
    return errnoOf(error);
  }
};
