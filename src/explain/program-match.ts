import { baseName, parentName } from './base-name.ts';
import { runsOwnScript } from './program-match-project.ts';
import type { ProgramDetection, ProgramFacts } from './program.ts';

/**
 * Small pure questions that detectors are made of. Each answers null, or a detection whose evidence
 * is the very text that was looked at. They run for each process of the machine: string checks
 * only.
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
  for (const name of names) {
    if (exe !== null && endsInName(exe, name)) return { evidence: [`executable ${exe}`] };
    if (command.executable === name) {
      const started = `command ${command.title ?? command.argv[0] ?? name}`;
      return { evidence: exe === null ? [started] : [started, `executable ${exe}`] };
    }
  }
  return null;
};

/** Whether the program gave itself a title that starts with `prefix`. */
export const byTitle = ({ command }: ProgramFacts, prefix: string): ProgramDetection | null =>
  command.title?.startsWith(prefix) === true ? { evidence: [`title ${command.title}`] } : null;

/**
 * Whether an interpreter's process calls itself `name` and shows nothing else (Node's
 * `process.title`).
 */
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

/**
 * Whether Python runs the module `name` (or one inside it), or the command of that name that pip
 * installs.
 */
export const byPython = (facts: ProgramFacts, name: string): ProgramDetection | null => {
  const { runtime, module, script } = facts.command;
  if (runtime !== 'python') return null;
  if (module !== null && (module === name || module.startsWith(`${name}.`))) {
    return { evidence: [`module ${module}`] };
  }
  return script !== null && isInstalledBin(facts, script, name)
    ? { evidence: [`script ${script}`] }
    : null;
};

/**
 * Whether Python runs the file `script` of a folder that is called `folder`: programs that nobody
 * installs.
 */
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

/** Whether Ruby runs the command `name`: `bin/rails`, `/usr/bin/rackup`, `bundle exec puma`. */
export const byRuby = ({ command }: ProgramFacts, name: string): ProgramDetection | null =>
  command.runtime === 'ruby' && command.script !== null && isNamed(command.script, name)
    ? { evidence: [`script ${command.script}`] }
    : null;

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

/**
 * The value of the first of `options` among the words: `--port 3000`, `--port=3000`; null without
 * one.
 */
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

/**
 * `{ version }` where `text` has it right after `prefix`:
 * `versionAfter('/usr/lib/postgresql/15/bin', 'postgresql/')`.
 */
export const versionAfter = (text: string | null, prefix: string): { version?: string } => {
  const at = text === null ? -1 : text.indexOf(prefix);
  const version =
    at < 0 ? undefined : /^v?(\d[\w.+-]*)/.exec(text?.slice(at + prefix.length) ?? '')?.[1];
  return version === undefined ? {} : { version: version.replace(/\.(?:jar|zip)$/, '') };
};

/**
 * Whether a path's base name is `name`, with or without the extension of a script. Allocates
 * nothing.
 */
export const isNamed = (path: string, name: string): boolean => {
  const at = path.lastIndexOf('/') + 1;
  if (!path.startsWith(name, at)) return false;
  const end = at + name.length;
  return (
    end === path.length ||
    (path[end] === '.' && /^\.(?:[cm]?[jt]s|py|rb|php|exe)$/.test(path.slice(end)))
  );
};

/**
 * Whether the script is a command `bin` that a package manager installed: no extension, in a folder
 * `bin` or `.bin`, and not a file of the project itself that happens to have the name.
 */
export const isInstalledBin = (facts: ProgramFacts, script: string, bin: string): boolean =>
  endsInName(script, bin) &&
  /^(?:\.?bin|Scripts)$/.test(parentName(script)) &&
  !isOwnBin(facts, script);

/**
 * A virtual environment in the project, whatever it is called, has installed commands in its `bin`:
 * Python's own is only the root's, and only where no interpreter stands beside it.
 */
const isOwnBin = (facts: ProgramFacts, script: string): boolean => {
  if (!runsOwnScript(facts) || hasInterpreterBeside(facts.command.argv[0] ?? '', script)) {
    return false;
  }
  const { command, cwd, project } = facts;
  if (command.runtime !== 'python') return true;
  const path = script.startsWith('/') ? script : `${cwd}/${script.replace(/^\.\//, '')}`;
  return path === `${project?.root}/bin/${baseName(script)}`;
};

const hasInterpreterBeside = (interpreter: string, script: string): boolean =>
  interpreter.includes('/') &&
  interpreter.slice(0, interpreter.lastIndexOf('/')) === script.slice(0, script.lastIndexOf('/'));

const endsInName = (path: string, name: string): boolean =>
  path.endsWith(name) &&
  (path.length === name.length || path[path.length - name.length - 1] === '/');
