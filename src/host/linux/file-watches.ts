import { readFileSync, readlinkSync, statSync } from 'node:fs';
import type { FileWatches, InotifyUse } from '../../model/network.ts';
import type { FileReader } from './file-reader.ts';
import { numberedEntries } from './numbered-entries.ts';
import type { KernelRoot } from './root.ts';
import { asCount, settingReader } from './settings.ts';

/**
 * Reads how much inotify(7) each user has in use and may have, by the descriptors of the processes
 * that may be looked into (proc_pid_fd(5), proc_pid_fdinfo(5)). Never throws.
 */
export const readFileWatches = (root: KernelRoot, read: FileReader): FileWatches => {
  const setting = settingReader(root, read);
  const pids = numberedEntries(root.proc);
  const seen = typeof pids === 'number' ? [] : pids.map((pid) => usedBy(`${root.proc}/${pid}`));
  return {
    instanceLimit: setting('fs/inotify/max_user_instances', asCount),
    watchLimit: setting('fs/inotify/max_user_watches', asCount),
    users: byUser(seen.filter((one) => typeof one !== 'string')),
    hiddenProcesses: seen.filter((one) => one === 'hidden').length,
  };
};

const byUser = (uses: readonly InotifyUse[]): readonly InotifyUse[] =>
  [...Map.groupBy(uses, ({ uid }) => uid)]
    .map(([uid, several]) => ({
      uid,
      instances: several.reduce((sum, { instances }) => sum + instances, 0),
      watches: several.reduce((sum, { watches }) => sum + watches, 0),
    }))
    .filter(({ instances }) => instances > 0)
    .toSorted((a, b) => b.instances - a.instances);

/** What one process has; a process that ends meanwhile has nothing. */
const usedBy = (folder: string): InotifyUse | 'hidden' | 'gone' => {
  const fds = numberedEntries(`${folder}/fd`);
  const uid = ownerOf(folder);
  if (uid === null) return 'gone';
  if (typeof fds === 'number') return 'hidden';
  const own = fds.filter((fd) => isInotify(`${folder}/fd/${fd}`));
  const watches = own.reduce((sum, fd) => sum + watchesOf(`${folder}/fdinfo/${fd}`), 0);
  return { uid, instances: own.length, watches };
};

const ownerOf = (folder: string): number | null => {
  try {
    return statSync(folder).uid;
  } catch {
    return null;
  }
};

const isInotify = (path: string): boolean => {
  try {
    return /^anon_inode:\[?inotify\]?$/.test(readlinkSync(path));
  } catch {
    return false;
  }
};

/** A line `inotify wd:…` for each watch. */
const watchesOf = (path: string): number => {
  try {
    return readFileSync(path, 'latin1').split('\ninotify wd:').length - 1;
  } catch {
    return 0;
  }
};
