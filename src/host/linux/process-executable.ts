import { statSync } from 'node:fs';
import type { Executable } from '../../model/process.ts';
import type { KernelRoot } from './root.ts';

const deletedSuffix = ' (deleted)';

/**
 * Reads the target of `/proc/<pid>/exe`. The kernel adds ` (deleted)` to a file that has lost its
 * name (proc_pid_exe(5)); a file whose own name ends so is not deleted.
 */
export const executableOf = (root: KernelRoot, pid: number, target: string): Executable => {
  const deleted = target.endsWith(deletedSuffix) && !isNamedSo(root, pid, target);
  return { path: deleted ? target.slice(0, -deletedSuffix.length) : target, deleted };
};

const isNamedSo = (root: KernelRoot, pid: number, target: string): boolean => {
  try {
    const named = statSync(root.files + target);
    if (!root.isReal) return true;
    const running = statSync(`${root.proc}/${pid}/exe`);
    return named.ino === running.ino && named.dev === running.dev;
  } catch {
    return false;
  }
};
