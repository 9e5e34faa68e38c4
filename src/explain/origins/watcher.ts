import type { Ancestor } from '../origin-match.ts';
import type { ChainProcess, OriginDetector, OriginFacts } from '../origin.ts';
import {
  ancestorEvidence,
  environmentOf,
  findAncestor,
  launchOf,
  sessionIn,
} from '../origin-match.ts';

/** Programs that do nothing but start a command again when files change. */
const watchers: ReadonlySet<string> = new Set([
  'air',
  'bacon',
  'cargo-watch',
  'chokidar',
  'chokidar-cli',
  'compiledaemon',
  'entr',
  'gow',
  'guard',
  'modd',
  'node-dev',
  'nodemon',
  'onchange',
  'reflex',
  'rerun',
  'supervisor',
  'ts-node-dev',
  'tsnd',
  'watchexec',
  'watchfiles',
  'watchmedo',
  'wgo',
]);

/** Programs that do it with an option: name → the words that turn it on. */
const reloading: ReadonlyMap<string, readonly string[]> = new Map([
  ['uvicorn', ['--reload']],
  ['hypercorn', ['--reload']],
  ['granian', ['--reload']],
  ['daphne', ['--reload']],
  ['fastapi', ['dev', '--reload']],
  ['litestar', ['--reload', '-r']],
  ['tsx', ['watch', '--watch']],
  ['cargo', ['watch']],
  ['dotnet', ['watch']],
  ['bun', ['--watch', '--hot']],
  ['deno', ['--watch', '--watch-hmr']],
]);

/** A watcher or reloader: it starts the program again when a file changes. */
export const watcher: OriginDetector = {
  id: 'watcher',
  detect: (facts) => {
    const found = findAncestor(facts, (link) => watcherName(link) !== null) ?? reloaderOf(facts);
    if (found === null) return null;
    const session = sessionIn(facts);
    if (session !== null && session.at < found.at) return null;
    return {
      label: `watcher ${watcherName(found.link) ?? "of the framework's reloader"}`,
      evidence: [ancestorEvidence(found), ...reloaderEvidence(facts)],
      restarts: true,
      at: found.at,
    };
  },
};

const watcherName = ({ command }: ChainProcess): string | null => {
  const { names, words } = launchOf(command);
  const name = names.find((candidate) => watchers.has(candidate));
  if (name !== undefined) return name;
  if (command.runtime === 'node' && hasWatchFlag(command.runtimeArguments)) return 'node --watch';
  for (const candidate of [...names, command.executable]) {
    const options = reloading.get(candidate);
    const option = options?.find(
      (word) => words.includes(word) || command.runtimeArguments.includes(word),
    );
    if (option !== undefined) return `${candidate} ${option}`;
  }
  return null;
};

const hasWatchFlag = (words: readonly string[]): boolean =>
  words.some((word) => word === '--watch' || word.startsWith('--watch-path'));

/** Flask and Django mark the child that their reloader starts; the parent is the same command. */
const reloaderVariables = ['WERKZEUG_RUN_MAIN', 'RUN_MAIN'] as const;

const reloaderOf = ({ chain }: OriginFacts): Ancestor | null => {
  const [owner, parent] = chain;
  if (owner === undefined || parent === undefined) return null;
  const marked = reloaderVariables.some(
    (name) => environmentOf(owner)[name] === 'true' && environmentOf(parent)[name] === undefined,
  );
  return marked && owner.command.script === parent.command.script ? { at: 1, link: parent } : null;
};

const reloaderEvidence = ({ chain: [owner] }: OriginFacts): string[] =>
  reloaderVariables
    .filter((name) => owner !== undefined && environmentOf(owner)[name] === 'true')
    .map((name) => `environment ${name}=true`);
