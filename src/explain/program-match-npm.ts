import type { Command, Runtime } from './command.ts';
import { isInstalledBin } from './program-match.ts';
import type { ProgramDetection, ProgramFacts } from './program.ts';

/**
 * Whether a JavaScript runtime runs a file of the npm package `name`, or one of the commands that
 * it installs (`bins`, by default the package's name): `node_modules/vite/bin/vite.js`,
 * `node_modules/.bin/vite`, `/usr/local/bin/vite`, `npm:vite`. A file of the project with the same
 * name is no match. The version comes from layouts that name it: pnpm's, Yarn's and Bun's stores,
 * `npm:vite@5.4.0`.
 */
export const byNpmTool = (
  facts: ProgramFacts,
  name: string,
  bins: readonly string[] = [name],
): ProgramDetection | null => {
  const { script } = facts.command;
  if (script === null || !isJavaScript(facts.command)) return null;
  if (!isOfPackage(script, name) && !bins.some((bin) => isInstalledBin(facts, script, bin))) {
    return null;
  }
  return { evidence: [`script ${script}`], ...versionIn(script, name) };
};

/** The runtimes that run packages of npm. */
export const javaScriptRuntimes: readonly Runtime[] = ['node', 'bun', 'deno'];

const isJavaScript = ({ runtime }: Command): boolean =>
  runtime === 'node' || runtime === 'bun' || runtime === 'deno';

/** A file below the innermost `node_modules/<name>/`, or Deno's `npm:<name>`. */
const isOfPackage = (script: string, name: string): boolean => {
  const at = script.lastIndexOf('node_modules/') + 13;
  const start = at >= 13 ? at : script.startsWith('npm:') ? 4 : -1;
  if (start < 0 || !script.startsWith(name, start)) return false;
  const next = script[start + name.length];
  return next === '/' || (start === 4 && (next === undefined || next === '@'));
};

/**
 * pnpm and Bun: `.pnpm/vite@5.4.0_…/`; Yarn: `cache/vite-npm-5.4.0-<hash>`; Deno: `npm:vite@5.4.0`.
 */
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
