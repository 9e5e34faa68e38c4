import { readlinkSync, statSync } from 'node:fs';
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

/**
 * Adds to a scan the holders whose main thread has ended while other threads go on: the folder of
 * such a process is empty, and each thread's own is not (proc_pid_task(5)). Looks only where a wanted
 * socket has no holder yet.
 */
export const scanThreads = (procRoot: string, scan: HolderScan): void => {
  if (scan.empty.length === 0 || [...scan.wanted].every((inode) => scan.table.has(inode))) return;
  for (const pid of scan.empty) {
    const threads = `${procRoot}/${pid}/task`;
    if (!hasSeveral(threads)) continue;
    const ids = numberedEntries(threads);
    const directory = `${threads}/${typeof ids === 'number' ? pid : ids.at(-1)}/fd`;
    const fds = numberedEntries(directory);
    scan.pid = pid;
    if (typeof fds !== 'number') recordLinks(directory, fds, scan);
  }
};

/** A folder has one link for each folder in it, and two for itself. */
const hasSeveral = (folder: string): boolean =>
  (statSync(folder, { throwIfNoEntry: false })?.nlink ?? 0) > 3;

/** Returns 0, or the errno of what refused. A process that ended is simply not there any more. */
const scanProcess = (procRoot: string, scan: HolderScan): number => {
  const directory = `${procRoot}/${scan.pid}/fd`;
  const fds = numberedEntries(directory);
  if (typeof fds === 'number') return fds;
  if (fds.length === 0) scan.empty.push(scan.pid);
  return recordLinks(directory, fds, scan);
};

/** Returns 0, or the errno of what refused. */
const recordLinks = (directory: string, fds: readonly number[], scan: HolderScan): number => {
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
