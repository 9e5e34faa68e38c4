import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelRoot } from './root.ts';

const mostFolders = 20_000;
const mostDepth = 16;

/**
 * Finds the paths of cgroup v2 ids: an id is the inode number of the group's folder, so no
 * privilege is needed (cgroups(7), name_to_handle_at(2)). Looks level by level and stops once all
 * are found; ids that are not among the first 20,000 groups stay out of the answer.
 */
export const findCgroupPaths = (
  root: KernelRoot,
  ids: ReadonlySet<string>,
): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const top = hierarchyOf(root);
  let level = ids.size === 0 ? [] : ['/'];
  let looked = 0;
  for (let depth = 0; depth < mostDepth && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const path of level) {
      if (looked++ >= mostFolders) return found;
      const id = inodeOf(top + path);
      if (id !== null && ids.has(id)) found.set(id, path);
      if (found.size === ids.size) return found;
      next.push(...foldersIn(top, path));
    }
    level = next;
  }
  return found;
};

/** The unified hierarchy is mounted at the top, or on hybrid machines in `unified`. */
const hierarchyOf = (root: KernelRoot): string => {
  const top = `${root.files}/sys/fs/cgroup`;
  return existsSync(`${top}/cgroup.controllers`) ? top : `${top}/unified`;
};

const inodeOf = (path: string): string | null => {
  try {
    return String(statSync(path, { bigint: true }).ino);
  } catch {
    return null;
  }
};

const foldersIn = (top: string, path: string): readonly string[] => {
  try {
    return readdirSync(top + path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(path, entry.name));
  } catch {
    return [];
  }
};
