import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a user's PATH often lacks. */
const systemFolders: readonly string[] = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * The file that a shell would run for a program's name, by the absolute folders of `path`, then by the
 * system's; null: it is not installed.
 */
export const findInPath = (
  name: string,
  path: string = process.env['PATH'] ?? '',
): string | null => {
  const own = path.split(delimiter).filter((folder) => folder.startsWith('/'));
  return firstExecutable([...own, ...systemFolders], name);
};

/** The first file of this name in the folders that this user may run; null: there is none. */
export const firstExecutable = (folders: readonly string[], name: string): string | null =>
  folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
