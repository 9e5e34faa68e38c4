import { constants, fchmodSync, fsyncSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { closing, codeOf, openOwn } from './own-path.ts';

/**
 * Puts `text` in the place of a file: written beside it, flushed, renamed, and the folder flushed
 * (rename(2) is atomic; fsync(2) says why the folder too). Whoever calls holds the file's
 * lock: what an interrupted call left beside it is taken away first. Throws the system's error; where
 * that came before the rename, the file is as it was.
 */
export const replaceFile = (path: string, text: string, mode = 0o600): void => {
  const fresh = `${path}.new`;
  remove(fresh);
  try {
    writeFresh(fresh, Buffer.from(text), mode);
    renameSync(fresh, path);
  } catch (thrown) {
    removeQuietly(fresh);
    throw thrown;
  }
  syncFolder(dirname(path));
};

/** Flushes the names in a folder to the disk. A file system that can't do that is no failure. */
export const syncFolder = (folder: string): void =>
  closing(openOwn(folder, constants.O_RDONLY | constants.O_DIRECTORY), (descriptor) => {
    try {
      fsyncSync(descriptor);
    } catch (thrown) {
      if (codeOf(thrown) !== 'EINVAL') throw thrown;
    }
  });

const writeFresh = (path: string, bytes: Buffer, mode: number): void => {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
  closing(openOwn(path, flags, mode), (descriptor) => {
    fchmodSync(descriptor, mode);
    for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
    fsyncSync(descriptor);
  });
};

const remove = (path: string): void => {
  try {
    unlinkSync(path);
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
  }
};

/** The failure that is being told is the one that counts. */
const removeQuietly = (path: string): void => {
  try {
    remove(path);
  } catch {
    return;
  }
};
