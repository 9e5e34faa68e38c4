import { isKnown, type Known } from '../model/known.ts';
import type { LeaseHolder, LeaseScope } from '../model/lease.ts';
import type { ProjectFacts } from '../model/project-facts.ts';

/** Whose leases are asked for, and what to call them. */
export type ProjectScope = LeaseScope &
  Pick<LeaseHolder, 'projectName' | 'folder'> & {
    /** Whether a project was found there; else the folder itself stands for one. */
    readonly found: boolean;
  };

/**
 * The project that a folder's leases belong to. A git repository is one project, so that each of its
 * packages is told the same port of the same service; each linked worktree has leases of its own.
 */
export const leaseScopeOf = (
  directory: string,
  facts: Known<ProjectFacts> | null,
): ProjectScope => {
  if (facts === null || !isKnown(facts)) return scope(directory, directory, null, false);
  const { root, manifest, git } = facts;
  if (git === null) {
    return { ...scope(root, root, null, true), projectName: manifest?.name ?? nameOf(root) };
  }
  const named = root === git.root ? (manifest?.name ?? null) : null;
  return {
    ...scope(git.mainRoot, git.root, git.worktree, true),
    projectName: named ?? nameOf(git.mainRoot),
  };
};

/** Whether two are the same worktree of the same project. */
export const isSameScope = (a: LeaseScope, b: LeaseScope): boolean =>
  a.project === b.project && a.worktree === b.worktree;

const scope = (
  project: string,
  folder: string,
  worktree: string | null,
  found: boolean,
): ProjectScope => ({ project, worktree, projectName: nameOf(project), folder, found });

const nameOf = (folder: string): string => folder.slice(folder.lastIndexOf('/') + 1) || folder;
