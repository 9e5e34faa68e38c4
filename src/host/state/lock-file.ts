import { closeSync, constants, fstatSync, lstatSync } from 'node:fs';
import { homeportError } from '../../model/error.ts';
import { checkOwnFile, openOwn } from './own-path.ts';

/**
 * Tries to lock an open file for this process alone, and says whether it could. May wait for some
 * seconds where asking again and again would be dear, but not once `signal` aborts.
 */
export type FileLock = {
  readonly attempt: (descriptor: number, signal: AbortSignal) => boolean | Promise<boolean>;
};

/** What a lock needs to know of its machine. */
export type LockContext = {
  readonly lock: FileLock;
  /** The pid that holds the lock of a file now; null: it can't be told. */
  readonly holderOf: (inode: number) => number | null;
  /** How long one process may keep the lock before it is waited for in vain; half a minute. */
  readonly patienceMs?: number;
};

const usualPatienceMs = 30_000;
const lookEveryMs = 1_000;

/**
 * Runs `work` while this process alone holds the lock of the file at `path`, which is made where
 * there is none and never removed: a lock is the kernel's, on the open file (flock(2)), and ends with
 * the process. Throws `refused` where one process keeps it for half a minute, and rejects with the
 * signal's reason.
 */
export const withLock = async <T>(
  path: string,
  locks: LockContext,
  signal: AbortSignal,
  work: () => T | Promise<T>,
): Promise<T> => {
  for (;;) {
    const descriptor = openLock(path);
    try {
      await take(path, descriptor, locks, signal);
      if (isStill(path, fstatSync(descriptor).ino)) return await work();
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

const firstPauseMs = 2;
const longestPauseMs = 80;
const slower = 1.3;

/** Hundreds may be in front: only one that keeps the lock all the time is waited for in vain. */
const take = async (
  path: string,
  descriptor: number,
  { lock, holderOf, patienceMs = usualPatienceMs }: LockContext,
  signal: AbortSignal,
): Promise<void> => {
  const { ino } = fstatSync(descriptor);
  let holder: number | null = null;
  let since = performance.now();
  let looked = since;
  let pauseMs = firstPauseMs;
  while (!(await lock.attempt(descriptor, signal))) {
    // At random, so that hundreds do not ask at once; ever more rarely, as there may be hundreds.
    await pause(pauseMs * (0.5 + Math.random()));
    pauseMs = Math.min(longestPauseMs, pauseMs * slower);
    signal.throwIfAborted();
    if (performance.now() - looked < Math.min(lookEveryMs, patienceMs)) continue;
    looked = performance.now();
    const now = holderOf(ino);
    if (now !== holder) [holder, since] = [now, looked];
    if (looked - since > patienceMs) throw held(path, holder);
  }
  signal.throwIfAborted();
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
    `${pid === null ? 'another process' : `process ${pid}`} has held ${path} for too long`,
    { hint: pid === null ? 'try again' : `homeport pid:${pid} tells more of it` },
  );
