import { closeSync, constants, openSync, type Stats } from 'node:fs';
import { homeportError } from '../../model/error.ts';

/**
 * Opens a path of the user's own, and no link in its place (O_NOFOLLOW, open(2)); closed at exec.
 * O_NONBLOCK: a FIFO in its place waits for nobody. Throws the system's error, `refused` for a link.
 */
export const openOwn = (path: string, flags: number, mode?: number): number => {
  try {
    return openSync(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, mode);
  } catch (thrown) {
    const code = codeOf(thrown);
    // ENOTDIR: with O_DIRECTORY a link is none.
    if (code !== 'ELOOP' && !(code === 'ENOTDIR' && (flags & constants.O_DIRECTORY) !== 0)) {
      throw thrown;
    }
    const what = (flags & constants.O_DIRECTORY) === 0 ? 'a symbolic link' : 'no folder but a link';
    throw homeportError('refused', `${path} is ${what}: it could lead anywhere`, {
      hint: 'put the real one in its place, or set HOMEPORT_STATE',
      cause: thrown,
    });
  }
};

/** Throws `refused` where what was opened is another user's: they could change it at any time. */
export const checkOwn = (path: string, status: Stats): void => {
  const own = process.geteuid?.() ?? status.uid;
  if (status.uid === own) return;
  throw homeportError('refused', `${path} belongs to user ${status.uid}, not to ${own}`, {
    hint:
      own === 0
        ? 'run it without sudo, or with a HOME of root’s own (sudo -H)'
        : 'set HOMEPORT_STATE to a folder of your own',
  });
};

/** The same, and `refused` for anything but a plain file. */
export const checkOwnFile = (path: string, status: Stats): void => {
  checkOwn(path, status);
  if (status.isFile()) return;
  throw homeportError('refused', `${path} is no plain file`, {
    hint: 'put it out of the way, or set HOMEPORT_STATE',
  });
};

/** Closes the descriptor after `work`, whatever becomes of that. */
export const closing = <T>(descriptor: number, work: (descriptor: number) => T): T => {
  try {
    return work(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** The system's error code of what was thrown; null where it has none. */
export const codeOf = (thrown: unknown): string | null => {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null;
  const isQuota = 'errno' in thrown && thrown.errno === -quotaExceeded;
  return isQuota ? 'EDQUOT' : String(thrown.code);
};

/** `EDQUOT` of Linux, which libuv has no name for. */
const quotaExceeded = 122;
