import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes a flat folder hold the files of another one, which is then gone. Each file takes the place
 * of its predecessor in one step and `entries` come last, so that whoever reads meanwhile finds an
 * entry and all that it refers to. What is not in `fresh` is removed at the end. Interrupted, it
 * leaves a folder that still works, and can be done again. Both have to be on one file system.
 */
export const replaceFiles = (fresh, folder, entries) => {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(fresh);
  const isEntry = (name) => entries.includes(name);
  const parts = names.filter((name) => !isEntry(name));
  for (const name of [...parts, ...names.filter(isEntry)]) {
    renameSync(join(fresh, name), join(folder, name));
  }
  for (const name of readdirSync(folder)) {
    if (!names.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  rmSync(fresh, { recursive: true });
};
