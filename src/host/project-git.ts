import { basename, dirname, join, resolve } from 'node:path';
import type { ProjectFacts } from '../model/project-facts.ts';
import { kindOf, smallText } from './project-files.ts';

type Git = NonNullable<ProjectFacts['git']>;

/**
 * Reads the git worktree that the first of `folders` with a `.git` is: its branch, and for a linked
 * worktree its name and the main one (gitrepository-layout(5)). null: none is a worktree.
 */
export const readGit = (files: string, folders: readonly string[]): Git | null => {
  for (const root of folders) {
    const path = join(root, '.git');
    const kind = kindOf(files + path);
    if (kind === 'folder') return { ...mainWorktree(root), branch: branchOf(files, path) };
    if (kind === 'file') return linkedWorktree(files, root, smallText(files + path) ?? '');
  }
  return null;
};

const mainWorktree = (root: string): Omit<Git, 'branch'> => ({
  root,
  worktree: null,
  mainRoot: root,
});

/** A `.git` file names the real folder: of a linked worktree, or of a submodule. */
const linkedWorktree = (files: string, root: string, text: string): Git => {
  const named = /^gitdir: (.+)$/m.exec(text)?.[1]?.trim();
  if (named === undefined) return { ...mainWorktree(root), branch: null };
  const directory = resolve(root, named);
  const branch = branchOf(files, directory);
  const common = smallText(files + join(directory, 'commondir'))?.trim();
  if (common === undefined || common === '') return { ...mainWorktree(root), branch };
  const shared = resolve(directory, common);
  return {
    root,
    branch,
    worktree: basename(directory),
    mainRoot: basename(shared) === '.git' ? dirname(shared) : shared,
  };
};

const branchOf = (files: string, directory: string): string | null => {
  const head = smallText(files + join(directory, 'HEAD')) ?? '';
  return /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim() ?? null;
};
