import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { type Known, type Unknown, unknown } from '../model/known.ts';

/** A folder's path without links (realpath(3)); `gone` only where the system says that it is. */
export const realFolder = (path: string): Known<string> => attempt(() => realpathSync(path));

const mostBytes = 4 * 1_048_576;

/** The text of a regular file of at most 4 MiB, links followed. Never waits for a FIFO's writer. */
export const textFile = (path: string): Known<string> =>
  attempt(() => {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const status = fstatSync(descriptor);
      if (!status.isFile()) return unknown('unsupported', 'it is no file');
      if (status.size > mostBytes) return unknown('unsupported', 'it is larger than 4 MiB');
      return readFileSync(descriptor, 'utf8').replace(/^\uFEFF/, '');
    } finally {
      closeSync(descriptor);
    }
  });

const attempt = (work: () => Known<string>): Known<string> => {
  try {
    return work();
  } catch (thrown) {
    return reasonOf(thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '');
  }
};

const reasonOf = (code: string): Unknown => {
  if (code === 'ENOENT' || code === 'ENOTDIR') return unknown('gone', 'there is none');
  if (code === 'EACCES' || code === 'EPERM') return unknown('denied', code);
  return unknown('unsupported', code);
};
