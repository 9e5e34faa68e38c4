import { baseName } from './base-name.ts';
import type { ProgramDetection, ProgramFacts } from './program.ts';
import { isInProject } from './program-match-project.ts';

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

/**
 * Whether Java's options name the jar `<artifact>-<version>.jar`, on the class path or in a module
 * path.
 */
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

/**
 * Whether Java runs a jar of the process's own project, and a dependency in its manifest contains
 * `part`.
 */
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
