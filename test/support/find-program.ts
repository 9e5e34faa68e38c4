import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of a program, also of a server that is not on a user's PATH; null: not installed. */
export const findProgram = (name: string): string | null => {
  const directories = [...serverDirectories(), ...(process.env['PATH'] ?? '').split(delimiter)];
  const found = directories.find((directory) => existsSync(join(directory, name)));
  return found === undefined ? null : join(found, name);
};

/** Where Debian keeps servers that are not on a user's PATH, newest PostgreSQL first. */
const serverDirectories = (): readonly string[] => {
  const clusters = '/usr/lib/postgresql';
  const versions = existsSync(clusters) ? readdirSync(clusters) : [];
  const newestFirst = versions.toSorted((one, other) => Number(other) - Number(one));
  return [
    ...newestFirst.map((version) => join(clusters, version, 'bin')),
    '/usr/sbin',
    '/usr/bin',
    '/usr/local/sbin',
    '/usr/local/bin',
    '/usr/share/zookeeper/bin',
  ];
};
