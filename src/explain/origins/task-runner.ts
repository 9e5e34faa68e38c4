import type { ChainProcess, OriginDetector } from '../origin.ts';
import {
  ancestorEvidence,
  findAncestor,
  firstArgument,
  inheritedVariable,
  launchOf,
  sessionIn,
} from '../origin-match.ts';

const runners: ReadonlySet<string> = new Set([
  'bazel',
  'bazelisk',
  'go-task',
  'gmake',
  'gradle',
  'gulp',
  'invoke',
  'just',
  'lerna',
  'mage',
  'make',
  'mvn',
  'ninja',
  'nx',
  'rake',
  'task',
  'turbo',
]);

/** Tools that are task runners only with the word `run`. */
const withRun: ReadonlySet<string> = new Set([
  'cargo',
  'dotnet',
  'go',
  'hatch',
  'mise',
  'mix',
  'pdm',
  'pipenv',
  'poetry',
  'uv',
]);

/** A target of make and its kind, or a build tool's `run`. */
export const taskRunner: OriginDetector = {
  id: 'task-runner',
  detect: (facts) => {
    const found = findAncestor(facts, (link) => taskOf(link) !== null);
    const session = sessionIn(facts);
    if (found !== null && (session === null || found.at < session.at)) {
      return {
        label: taskOf(found.link) ?? '',
        evidence: [ancestorEvidence(found)],
        restarts: false,
        at: found.at,
      };
    }
    const level = inheritedVariable(facts, 'MAKELEVEL');
    if (level === null || level.value === '0') return null;
    return {
      label: 'make',
      evidence: [`environment MAKELEVEL=${level.value}`, 'make itself has ended'],
      restarts: false,
      at: level.at,
    };
  },
};

const taskOf = ({ command }: ChainProcess): string | null => {
  const { names, words } = launchOf(command);
  const runner = names.find((name) => runners.has(name));
  if (runner !== undefined) {
    const target = firstArgument(words);
    return target === null ? runner : `${runner} ${target}`;
  }
  const tool = names.find((name) => withRun.has(name));
  if (tool === undefined || firstArgument(words) !== 'run') return null;
  const target = firstArgument(words.slice(words.indexOf('run') + 1));
  return target === null ? `${tool} run` : `${tool} run ${target}`;
};
