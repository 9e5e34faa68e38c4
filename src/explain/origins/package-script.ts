import type { OriginDetection, OriginDetector, OriginFacts } from '../origin.ts';
import type { Ancestor } from '../origin-match.ts';
import {
  ancestorEvidence,
  environmentOf,
  findStarter,
  inheritedVariable,
  launchOf,
} from '../origin-match.ts';

/** Name that a package manager runs under → the manager. */
const managers: ReadonlyMap<string, string> = new Map([
  ['npm', 'npm'],
  ['npm-cli', 'npm'],
  ['npx', 'npx'],
  ['npx-cli', 'npx'],
  ['pnpm', 'pnpm'],
  ['pnpx', 'pnpx'],
  ['yarn', 'yarn'],
  ['yarnpkg', 'yarn'],
  ['bun', 'bun'],
  ['bunx', 'bunx'],
]);
const names: ReadonlySet<string> = new Set(managers.keys());

/** A script of a package.json, by the package manager that runs it or the variables that it sets. */
export const packageScript: OriginDetector = {
  id: 'package-script',
  detect: (facts) => {
    const manager = findStarter(facts, names);
    const event = inheritedVariable(facts, 'npm_lifecycle_event');
    return event === null ? byManager(manager) : byVariable(facts, event, manager);
  },
};

const byVariable = (
  facts: OriginFacts,
  event: Ancestor & { value: string },
  manager: (Ancestor & { name: string }) | null,
): OriginDetection => {
  const environment = facts.chain[0] === undefined ? {} : environmentOf(facts.chain[0]);
  const tool = environment['npm_config_user_agent']?.split('/')[0] ?? 'npm';
  const name = environment['npm_package_name'];
  return {
    label:
      event.value === 'npx'
        ? (byManager(manager)?.label ?? 'npx command')
        : `${tool} script ${event.value}`,
    evidence: [
      ...(manager === null ? [] : [ancestorEvidence(manager)]),
      `environment npm_lifecycle_event=${event.value}`,
      ...(name === undefined ? [] : [`environment npm_package_name=${name}`]),
      ...(manager === null ? [`${tool} itself has ended`] : []),
    ],
    restarts: false,
    at: manager?.at ?? event.at,
  };
};

const byManager = (found: (Ancestor & { name: string }) | null): OriginDetection | null => {
  if (found === null) return null;
  const tool = managers.get(found.name) ?? found.name;
  const script = scriptOf(tool, wordsAfterTool(found));
  return script === null
    ? null
    : { label: script, evidence: [ancestorEvidence(found)], restarts: false, at: found.at };
};

/** bun is a runtime too: what it was asked to do is in its own words, before any script. */
const wordsAfterTool = ({
  link: { command },
  name,
}: Ancestor & { name: string }): readonly string[] =>
  name === 'bun' && command.title === null ? command.argv.slice(1) : launchOf(command).words;

const scriptOf = (tool: string, words: readonly string[]): string | null => {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  if (first === undefined) return null;
  if (commandTools.has(tool)) return `${tool} command ${first}`;
  if (first === 'run' || first === 'run-script') return scriptLabel(tool, second);
  if (commandVerbs.has(first)) return second === undefined ? null : `${tool} command ${second}`;
  return tool === 'bun' ? null : scriptLabel(tool, first);
};

const commandTools: ReadonlySet<string> = new Set(['bunx', 'npx', 'pnpx']);
const commandVerbs: ReadonlySet<string> = new Set(['dlx', 'exec', 'x']);

/** A word with a slash or a dot is a file that bun runs, not a script's name. */
const scriptLabel = (tool: string, word: string | undefined): string | null =>
  word === undefined || /[/.]/.test(word) ? null : `${tool} script ${word}`;
