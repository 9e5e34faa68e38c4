import type { FileReader } from './file-reader.ts';
import { textOf } from './boot.ts';
import { forEachLine } from './lines.ts';
import type { KernelRoot } from './root.ts';

/**
 * Makes the look-up of a uid's name in passwd(5), read at the first question and once only. null for
 * a uid that the file has no name for; the first of several names counts.
 */
export const userNames = (root: KernelRoot, read: FileReader): ((uid: number) => string | null) => {
  let names: ReadonlyMap<number, string> | null = null;
  return (uid) => {
    names ??= parsePasswd(textOf(read(`${root.files}/etc/passwd`)) ?? '');
    return names.get(uid) ?? null;
  };
};

/**
 * Home folders of the people in passwd(5), and of who runs Homeport: `own`, where it is an absolute
 * path. Accounts without a login shell are services', whose home may well be a project's folder.
 */
export const peoplesHomes = (
  root: KernelRoot,
  read: FileReader,
  own: string | undefined,
): ReadonlySet<string> => {
  const homes = new Set<string>();
  const add = (path: string): void => {
    if (path.startsWith('/')) homes.add(path.replace(/\/+$/, '') || '/');
  };
  forEachLine(textOf(read(`${root.files}/etc/passwd`)) ?? '', 0, (line) => {
    const [, , , , , home = '', shell = ''] = line.split(':');
    if (!/\/(?:nologin|false|sync|halt|shutdown)$/.test(shell)) add(home);
  });
  if (own !== undefined) add(own);
  return homes;
};

const parsePasswd = (text: string): ReadonlyMap<number, string> => {
  const names = new Map<number, string>();
  forEachLine(text, 0, (line) => {
    const [name = '', , uid = ''] = line.split(':');
    if (name !== '' && /^\d+$/.test(uid) && !names.has(Number(uid))) names.set(Number(uid), name);
  });
  return names;
};
