import { closeSync, constants, fstatSync, lstatSync } from 'node:fs';
import { homeportError } from '../../model/error.ts';
import { checkOwnFile, openOwn } from './own-path.ts';

/**
 * Tries to lock an open file for this process alone without waiting, and says whether it could;
 * `wait`: may sleep until `signal` aborts, where asking again and again would be dear.
 */
export type FileLock = {
  readonly attempt: (descriptor: number, signal: AbortSignal) => boolean | Promise<boolean>;
};

/** What a lock needs to know of its machine. */
export type LockContext = {
  readonly lock: FileLock;
  /** The pid that holds the lock of a file now; null: it can't be told. */
  readonly holderOf: (inode: number) => number | null;
};

const patienceMs = 30_000;

/**
 * Runs `work` while this process alone holds the lock of the file at `path`, which is made where
 * there is none and never removed: a lock is the kernel's, on the open file (flock(2)), and ends with
 * the process. Throws `refused` after half a minute, and rejects with the signal's reason.
 */
export const withLock = async <T>(
  path: string,
  { lock, holderOf }: LockContext,
  signal: AbortSignal,
  work: () => T | Promise<T>,
): Promise<T> => {
  const late = AbortSignal.timeout(patienceMs);
  const either = AbortSignal.any([signal, late]);
  for (;;) {
    const descriptor = openLock(path);
    try {
      const inode = await take(lock, descriptor, either);
      if (inode === null) {
        signal.throwIfAborted();
        throw held(path, holderOf(fstatSync(descriptor).ino));
      }
      if (isStill(path, inode)) return await work();
    } finally {
      closeSync(descriptor);
    }
  }
};

const openLock = (path: string): number => {
  const descriptor = openOwn(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    checkOwnFile(path, fstatSync(descriptor));
    return descriptor;
  } catch (thrown) {
    closeSync(descriptor);
    throw thrown;
  }
};

const shortestPauseMs = 1;
const longestPauseMs = 20;

/** The inode of what was locked; null: the time is over. */
const take = async (
  lock: FileLock,
  descriptor: number,
  signal: AbortSignal,
): Promise<number | null> => {
  for (;;) {
    if (signal.aborted) return null;
    if (await lock.attempt(descriptor, signal)) return fstatSync(descriptor).ino;
    // At random, so that hundreds of processes do not ask at the same moment.
    await pause(shortestPauseMs + Math.random() * (longestPauseMs - shortestPauseMs));
  }
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Whoever removed the file made others lock another one. */
const isStill = (path: string, inode: number): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.ino === inode;

/** The error of a machine that has no lock which dies with its holder. `why`: what failed. */
export const noLock = (why: string) =>
  homeportError('unsupported', `no file can be locked here (${why})`, {
    hint: 'it takes koffi, which comes with Homeport, or flock(1) of util-linux',
  });

const held = (path: string, pid: number | null) =>
  homeportError(
    'refused',
    `${pid === null ? 'another process' : `process ${pid}`} has held ${path} for half a minute`,
    { hint: pid === null ? 'try again' : `homeport pid:${pid} tells more of it` },
  );
