import { baseName, parentName } from './base-name.ts';
import type { ProjectFacts } from '../model/project-facts.ts';
import type { Command, Runtime } from './command.ts';
import type { ProgramDetection, ProgramFacts } from './program.ts';

/**
 * Small pure questions that detectors are made of. Each answers null, or a detection whose evidence
 * is the very text that was looked at. They run for each process of the machine: string checks only.
 */

/**
 * Whether the program's own binary is one of `names`: its executable file has exactly that name, or
 * it was started under it (compared in lower case). A script that an interpreter runs never
 * matches, whatever it calls itself.
 */
export const byExecutable = (
  { command, exe }: ProgramFacts,
  ...names: readonly string[]
): ProgramDetection | null => {
  if (command.runtime !== null) return null;
  if (exe !== null && names.some((name) => isNamed(exe, name))) {
    return { evidence: [`executable ${exe}`] };
  }
  return names.includes(command.executable)
    ? { evidence: [`command ${command.title ?? command.argv[0] ?? command.executable}`] }
    : null;
};

/** Whether the program gave itself a title that starts with `prefix`. */
export const byTitle = ({ command }: ProgramFacts, prefix: string): ProgramDetection | null =>
  command.title?.startsWith(prefix) === true ? { evidence: [`title ${command.title}`] } : null;

/** Whether an interpreter's process calls itself `name` and shows nothing else (Node's `process.title`). */
export const byOwnName = ({ command }: ProgramFacts, name: string): ProgramDetection | null =>
  command.runtime !== null && command.executable === name && command.script === null
    ? { evidence: [`title ${name}`] }
    : null;

/** Whether the executable or the script lies somewhere below `folder` (`/.vscode-server/`). */
export const byPath = ({ command, exe }: ProgramFacts, folder: string): ProgramDetection | null => {
  if (exe?.includes(folder) === true) return { evidence: [`executable ${exe}`] };
  return command.script?.includes(folder) === true
    ? { evidence: [`script ${command.script}`] }
    : null;
};

/** Whether Python runs the file `script` of a folder that is called `folder`: programs that nobody installs. */
export const byFolder = (
  { command, cwd }: ProgramFacts,
  folder: string,
  script: string,
): ProgramDetection | null => {
  if (command.runtime !== 'python' || command.script === null) return null;
  if (baseName(command.script) !== script) return null;
  const parent = command.script.includes('/') ? parentName(command.script) : baseName(cwd ?? '');
  return parent === folder ? { evidence: [`script ${command.script}`, `folder ${folder}`] } : null;
};

/**
 * Whether a JavaScript runtime runs a file of the npm package `name`, or one of the commands that
 * it installs (`bins`, by default the package's name): `node_modules/vite/bin/vite.js`,
 * `node_modules/.bin/vite`, `/usr/local/bin/vite`, `npm:vite`. A file of the project with the same
 * name is no match. The version comes from layouts that name it: pnpm's, Yarn's and Bun's stores, `npm:vite@5.4.0`.
 */
export const byNpmTool = (
  { command }: ProgramFacts,
  name: string,
  bins: readonly string[] = [name],
): ProgramDetection | null => {
  const { script } = command;
  if (script === null || !isJavaScript(command)) return null;
  if (!isOfPackage(script, name) && !bins.some((bin) => isBin(script, bin))) return null;
  return { evidence: [`script ${script}`], ...versionIn(script, name) };
};

/** Whether Python runs the module `name` (or one inside it), or the command of that name that pip installs. */
export const byPython = ({ command }: ProgramFacts, name: string): ProgramDetection | null => {
  if (command.runtime !== 'python') return null;
  const { module, script } = command;
  if (module !== null && (module === name || module.startsWith(`${name}.`))) {
    return { evidence: [`module ${module}`] };
  }
  return script !== null && isBin(script, name) ? { evidence: [`script ${script}`] } : null;
};

/** Whether Ruby runs the command `name`: `bin/rails`, `/usr/bin/rackup`, `bundle exec puma`. */
export const byRuby = ({ command }: ProgramFacts, name: string): ProgramDetection | null =>
  command.runtime === 'ruby' && command.script !== null && isNamed(command.script, name)
    ? { evidence: [`script ${command.script}`] }
    : null;

/** Whether Java runs a main class, or a module's, whose full name contains `part`. */
export const byMainClass = ({ command }: ProgramFacts, part: string): ProgramDetection | null =>
  command.runtime === 'java' && command.module?.includes(part) === true
    ? { evidence: [`main class ${command.module}`] }
    : null;

/** Whether Java runs a `-jar` file whose base name starts with `prefix`. */
export const byJar = ({ command }: ProgramFacts, prefix: string): ProgramDetection | null =>
  command.jar !== null && baseName(command.jar).startsWith(prefix)
    ? { evidence: [`jar ${command.jar}`] }
    : null;

/** Whether Java's options name the jar `<artifact>-<version>.jar`, on the class path or in a module path. */
export const byClassPath = (
  { command }: ProgramFacts,
  artifact: string,
): ProgramDetection | null => {
  if (command.runtime !== 'java') return null;
  for (const option of command.runtimeArguments) {
    const at = option.indexOf(`/${artifact}-`);
    const version =
      at < 0 ? undefined : /^\d[\w.]*(?=\.jar)/.exec(option.slice(at + artifact.length + 2))?.[0];
    if (version !== undefined) {
      return { evidence: [`class path has ${artifact}-${version}.jar`], version };
    }
  }
  return null;
};

/** Whether Java runs a jar of the process's own project, and a dependency in its manifest contains `part`. */
export const byOwnJar = (
  { command, cwd, project }: ProgramFacts,
  part: string,
): ProgramDetection | null => {
  const manifest = project?.manifest;
  if (command.jar === null || !manifest || !isInProject(command.jar, cwd, project)) return null;
  const dependency = manifest.dependencies.find((name) => name.includes(part));
  return dependency === undefined
    ? null
    : { evidence: [`jar ${command.jar}`, `${manifest.file} depends on ${dependency}`] };
};

/**
 * Whether an interpreter of `runtimes` runs a file of the process's own project (not a tool's) and
 * the project's manifest names `dependency`: only both together say what the program is made with.
 */
export const byDependency = (
  facts: ProgramFacts,
  runtimes: readonly Runtime[],
  dependency: string,
): ProgramDetection | null => {
  const { runtime, script } = facts.command;
  const manifest = facts.project?.manifest;
  if (!manifest || runtime === null || !runtimes.includes(runtime)) return null;
  return dependsOn(facts, dependency) && runsOwnScript(facts)
    ? { evidence: [`script ${script ?? ''}`, `${manifest.file} depends on ${dependency}`] }
    : null;
};

/** `Node app using Express`: the label of a program of one's own that is made with a framework. */
export const appLabel = ({ command }: ProgramFacts, framework: string): string =>
  `${runtimeNames.get(command.runtime) ?? 'JavaScript'} app using ${framework}`;

const runtimeNames: ReadonlyMap<Runtime | null, string> = new Map<Runtime | null, string>([
  ['node', 'Node'],
  ['bun', 'Bun'],
  ['deno', 'Deno'],
]);

/** The runtimes that run packages of npm. */
export const javaScriptRuntimes: readonly Runtime[] = ['node', 'bun', 'deno'];

/** Whether the project's manifest names one of these dependencies. It identifies nothing by itself. */
export const dependsOn = (
  { project }: Pick<ProgramFacts, 'project'>,
  ...names: readonly string[]
): boolean => project?.manifest?.dependencies.some((name) => names.includes(name)) === true;

/** Whether the interpreter runs a file that lies in the project and not among installed packages. */
export const runsOwnScript = ({ command, cwd, project }: ProgramFacts): boolean => {
  const { script } = command;
  return (
    script !== null &&
    project !== null &&
    !/(?:^|\/)(?:node_modules|\.venv|venv|vendor)\//.test(script) &&
    isInProject(script, cwd, project)
  );
};

/** Whether a path's base name is `name`, with or without the extension of a script. Allocates nothing. */
export const isNamed = (path: string, name: string): boolean => {
  const at = path.lastIndexOf('/') + 1;
  if (!path.startsWith(name, at)) return false;
  const end = at + name.length;
  return (
    end === path.length ||
    (path[end] === '.' && /^\.(?:[cm]?[jt]s|py|rb|php|exe)$/.test(path.slice(end)))
  );
};

/** The first detection that `ask` gives for one of `names`. */
export const first = (
  names: readonly string[],
  ask: (name: string) => ProgramDetection | null,
): ProgramDetection | null => {
  for (const name of names) {
    const detection = ask(name);
    if (detection !== null) return detection;
  }
  return null;
};

/** The value of the first of `options` among the words: `--port 3000`, `--port=3000`; null without one. */
export const optionValue = (
  words: readonly string[],
  ...options: readonly string[]
): string | null => {
  const at = words.findIndex((word) =>
    options.some((option) => word === option || word.startsWith(`${option}=`)),
  );
  const word = words[at];
  if (word === undefined) return null;
  const equals = word.indexOf('=');
  return equals < 0 ? (words[at + 1] ?? null) : word.slice(equals + 1);
};

/** `{ version }` where `text` has it right after `prefix`: `versionAfter('/usr/lib/postgresql/15/bin', 'postgresql/')`. */
export const versionAfter = (text: string | null, prefix: string): { version?: string } => {
  const at = text === null ? -1 : text.indexOf(prefix);
  const version =
    at < 0 ? undefined : /^v?(\d[\w.+-]*)/.exec(text?.slice(at + prefix.length) ?? '')?.[1];
  return version === undefined ? {} : { version: version.replace(/\.(?:jar|zip)$/, '') };
};

const isInProject = (path: string, cwd: string | null, { root }: ProjectFacts): boolean =>
  path.startsWith('/')
    ? path.startsWith(`${root}/`)
    : !path.startsWith('..') && (cwd === root || cwd?.startsWith(`${root}/`) === true);

const isJavaScript = ({ runtime }: Command): boolean =>
  runtime === 'node' || runtime === 'bun' || runtime === 'deno';

/** A command that a package manager installed: no extension, in a folder `bin` or `.bin`. */
const isBin = (script: string, bin: string): boolean =>
  script.endsWith(bin) &&
  baseName(script) === bin &&
  /^(?:\.?bin|Scripts)$/.test(parentName(script));

/** A file below the innermost `node_modules/<name>/`, or Deno's `npm:<name>`. */
const isOfPackage = (script: string, name: string): boolean => {
  const at = script.lastIndexOf('node_modules/') + 13;
  const start = at >= 13 ? at : script.startsWith('npm:') ? 4 : -1;
  if (start < 0 || !script.startsWith(name, start)) return false;
  const next = script[start + name.length];
  return next === '/' || (start === 4 && (next === undefined || next === '@'));
};

/** pnpm and Bun: `.pnpm/vite@5.4.0_…/`; Yarn: `cache/vite-npm-5.4.0-<hash>`; Deno: `npm:vite@5.4.0`. */
const versionIn = (script: string, name: string): { version?: string } => {
  const flat = name.replace('/', '+');
  const found = [`/${flat}@`, `npm:${name}@`, `/${name.replace('/', '-')}-npm-`]
    .map((prefix) => ({ prefix, at: script.indexOf(prefix) }))
    .find(({ at }) => at >= 0);
  const version =
    found &&
    /^\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?/.exec(script.slice(found.at + found.prefix.length))?.[0];
  return version ? { version } : {};
};
