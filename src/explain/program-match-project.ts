import type { ProjectFacts } from '../model/project-facts.ts';
import type { Runtime } from './command.ts';
import type { ProgramDetection, ProgramFacts } from './program.ts';

/**
 * Whether an interpreter of `runtimes` runs a file of the process's own project (not a tool's) and
 * the project's manifest names the dependency: only both together say what the program is made
 * with.
 */
export const byDependency = (
  facts: ProgramFacts,
  runtimes: readonly Runtime[],
  name: string,
): ProgramDetection | null => {
  const { runtime, script } = facts.command;
  if (runtime === null || script === null || !runtimes.includes(runtime)) return null;
  const sentence = dependency(facts, name);
  return sentence !== null && runsOwnScript(facts)
    ? { evidence: [`script ${script}`, sentence] }
    : null;
};

/**
 * `package.json depends on vite`, where the project's manifest says so. It identifies nothing by
 * itself.
 */
export const dependency = (
  { project }: Pick<ProgramFacts, 'project'>,
  name: string,
): string | null =>
  project?.manifest?.dependencies.includes(name) === true
    ? `${project.manifest.file} depends on ${name}`
    : null;

/**
 * Whether the interpreter runs a file that lies in the project and not among installed packages.
 */
export const runsOwnScript = ({ command, cwd, project }: ProgramFacts): boolean => {
  const { script } = command;
  return (
    script !== null &&
    project !== null &&
    !/(?:^|\/)(?:node_modules|\.venv|venv|vendor)\//.test(script) &&
    isInProject(script, cwd, project)
  );
};

/** `Node app using Express`: the label of a program of one's own that is made with a framework. */
export const appLabel = ({ command }: ProgramFacts, framework: string): string =>
  `${runtimeNames.get(command.runtime) ?? 'JavaScript'} app using ${framework}`;

const runtimeNames: ReadonlyMap<Runtime | null, string> = new Map<Runtime | null, string>([
  ['node', 'Node'],
  ['bun', 'Bun'],
  ['deno', 'Deno'],
]);

/** Whether a path, absolute or relative to the working directory, lies in the project's root. */
export const isInProject = (path: string, cwd: string | null, { root }: ProjectFacts): boolean =>
  path.startsWith('/')
    ? path.startsWith(`${root}/`)
    : !path.startsWith('..') && (cwd === root || cwd?.startsWith(`${root}/`) === true);
