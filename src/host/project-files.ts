import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

const mostBytes = 1_048_576;

/** What stands at a path, symbolic links followed; null: nothing that can be seen. Never throws. */
export const kindOf = (path: string): 'file' | 'folder' | 'other' | null => {
  const found = statOf(path);
  if (found === null) return null;
  if (found.isDirectory()) return 'folder';
  return found.isFile() ? 'file' : 'other';
};

/** The system's error code for a path that `kindOf` sees nothing at; null where there is none. */
export const errorCode = (path: string): string | null => {
  try {
    statSync(path);
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : null;
  }
};

/**
 * The text of a regular file of at most 1 MiB; null for anything else. Never throws or waits. A
 * symbolic link is not followed: whoever owns the folder could have root read a secret by one.
 */
export const smallText = (path: string): string | null => {
  try {
    const descriptor = openSync(path, readNoLink);
    try {
      return textOfRegular(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
};

/** Without O_NONBLOCK opening a FIFO waits for its writer (open(2)); what was opened is then looked at. */
const readNoLink = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Reads no more than it may, as files of /proc and network file systems tell no true size. */
const textOfRegular = (descriptor: number): string | null => {
  const found = fstatSync(descriptor);
  if (!found.isFile() || found.size > mostBytes) return null;
  const bytes = Buffer.alloc(found.size + 1);
  const length = readSync(descriptor, bytes, 0, bytes.length, 0);
  return length > found.size ? null : bytes.toString('utf8', 0, length).replace(/^\uFEFF/, '');
};

const statOf = (path: string) => {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
};
