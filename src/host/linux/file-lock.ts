import { getSystemErrorName } from 'node:util';
import { type FileLock, type LockContext, noLock } from '../state/lock-file.ts';
import { textOf } from './boot.ts';
import { type Ffi, openFfi } from './ffi.ts';
import type { FileReader } from './file-reader.ts';
import { forEachLine } from './lines.ts';
import type { KernelRoot } from './root.ts';

/**
 * The kernel's locks on open files (flock(2)): through libc, or where native calls can't be made
 * through flock(1), which locks the descriptor that it is handed. Both end with the last process
 * that has the descriptor.
 */
export const fileLocks = (root: KernelRoot, read: FileReader): LockContext => {
  const ffi = root.isReal ? openFfi() : null;
  return {
    lock: ffi === null ? { attempt: byProgram } : native(ffi),
    holderOf: (inode) => lockHolder(textOf(read(`${root.proc}/locks`)) ?? '', inode),
  };
};

/** `LOCK_EX | LOCK_NB` of flock(2), the same on every architecture of Linux. */
const exclusiveNow = 2 | 4;

const native = (ffi: Ffi): FileLock => ({
  attempt: (descriptor) => {
    if (ffi.flock(descriptor, exclusiveNow) === 0) return true;
    const failed = ffi.errno();
    if (failed === wouldBlock || failed === interrupted) return false;
    throw noLock(getSystemErrorName(-failed));
  },
});

/** `EAGAIN` and `EINTR`. */
const wouldBlock = 11;
const interrupted = 4;

const programWaitMs = 5_000;

/** The lock belongs to the open file that both have: it stays when flock(1) has ended. */
const byProgram: FileLock['attempt'] = async (descriptor, signal) => {
  const { spawn } = await import('node:child_process');
  const limited = AbortSignal.any([signal, AbortSignal.timeout(programWaitMs)]);
  return new Promise((resolve, reject) => {
    const child = spawn('flock', ['-x', '3'], {
      stdio: ['ignore', 'ignore', 'ignore', descriptor],
      signal: limited,
    });
    child.once('error', (error) => {
      if (limited.aborted) resolve(false);
      else reject(noLock(`flock(1): ${error.message}`));
    });
    child.once('close', (code) => {
      if (code === 0 || limited.aborted) resolve(code === 0);
      else reject(noLock(`flock(1) ended with ${code}`));
    });
  });
};

/**
 * The pid that holds an flock(2) lock of a file, by `/proc/locks` (proc_locks(5)); null: none does.
 * The device is not compared: its numbers differ from stat(2)'s on some file systems.
 */
export const lockHolder = (locks: string, inode: number): number | null => {
  let holder: number | null = null;
  forEachLine(locks, 0, (line) => {
    const [, pid, held] =
      /^\d+: FLOCK +\w+ +WRITE (\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /.exec(line) ?? [];
    if (Number(held) === inode && Number(pid) > 0) holder = Number(pid);
  });
  return holder;
};
