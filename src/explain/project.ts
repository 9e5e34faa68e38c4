import { isUnknown, type Known } from '../model/known.ts';
import type { ContainerReference, Project } from '../model/listener.ts';
import type { ProjectFacts } from '../model/project-facts.ts';
import { baseName } from './base-name.ts';

/**
 * The project that a process works for: the Compose project of a container, else what the files
 * around its working directory `cwd` say. null: it belongs to none, as a system service does.
 */
export const projectOf = (
  facts: Known<ProjectFacts> | null,
  container: ContainerReference | null,
  cwd: string | null,
): Known<Project> | null => {
  if (container !== null) return projectOfContainer(container, facts, cwd);
  if (facts === null || isUnknown(facts)) return facts;
  if (isSystemFolder(facts.root) || isHomeFolder(facts.root)) return null;
  return projectOfFiles(facts);
};

const projectOfFiles = (facts: ProjectFacts): Project | null => {
  const { root, markers, manifest, git } = facts;
  if (markers.length === 0 && manifest === null && git === null) return null;
  const named = manifest === null || manifest.name === '' ? null : manifest.name;
  return {
    name: named ?? (baseName(git?.mainRoot ?? root) || root),
    root,
    ...checkoutOf(git),
    evidence: [
      ...(named === null ? [] : [`name in ${root}/${manifest?.file}`]),
      ...(markers.length === 0 ? [] : [`${markers.join(', ')} in ${root}`]),
      ...gitEvidence(git),
    ],
  };
};

const checkoutOf = (
  git: ProjectFacts['git'] | undefined,
): Pick<Project, 'branch' | 'worktree'> => ({
  branch: git?.branch ?? null,
  worktree: git?.worktree ?? null,
});

const gitEvidence = (git: ProjectFacts['git']): string[] => {
  if (git === null) return [];
  return [
    git.branch === null
      ? `git in ${git.root}, no branch`
      : `git branch ${git.branch} in ${git.root}`,
    ...(git.worktree === null ? [] : [`linked worktree ${git.worktree} of ${git.mainRoot}`]),
  ];
};

/** A container's working directory is a path of its own file system: only a bind mount says more. */
const projectOfContainer = (
  { compose, id }: ContainerReference,
  facts: Known<ProjectFacts> | null,
  cwd: string | null,
): Project | null => {
  if (compose === null) return null;
  const files = facts === null || isUnknown(facts) ? null : facts;
  return {
    name: compose.project,
    root: compose.workingDirectory ?? files?.root ?? cwd ?? '/',
    ...checkoutOf(files?.git),
    evidence: [
      `service ${compose.service} of Compose project ${compose.project}, container ${id.slice(0, 12)}`,
    ],
  };
};

/** Folders of the system, its packages and its services' data: a marker file there is no project. */
const systemFolders = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/proc',
  '/run',
  '/sbin',
  '/snap',
  '/sys',
  '/usr',
  '/var/cache',
  '/var/lib',
  '/var/run',
  '/nix/store',
];

const isSystemFolder = (root: string): boolean =>
  root === '/' ||
  root === '' ||
  systemFolders.some((folder) => root === folder || root.startsWith(`${folder}/`));

/** A home folder with a `.git` or a stray package.json is somebody's settings. */
const isHomeFolder = (root: string): boolean =>
  /^(?:\/root|\/home\/[^/]+|\/Users\/[^/]+)\/?$/.test(root);
