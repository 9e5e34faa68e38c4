import { readFileSync, statSync } from 'node:fs';

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

/** The text of a regular file of at most 1 MiB; null for anything else. Never throws or waits. */
export const smallText = (path: string): string | null => {
  const found = statOf(path);
  if (found === null || !found.isFile() || found.size > mostBytes) return null;
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return null;
  }
};

const statOf = (path: string) => {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
};
