import type { OriginDetector, OriginFacts } from '../origin.ts';
import type { Ancestor } from '../origin-match.ts';
import { ancestorEvidence, findAncestor, findStarter, nameAmong } from '../origin-match.ts';

const runners: ReadonlySet<string> = new Set([
  'concurrently',
  'foreman',
  'forego',
  'goreman',
  'hivemind',
  'honcho',
  'mprocs',
  'nf',
  'npm-run-all',
  'npm-run-all2',
  'overmind',
  'process-compose',
  'run-p',
  'run-s',
  'skaffold',
  'tilt',
  'wireit',
]);
const tmux: ReadonlySet<string> = new Set(['tmux']);

/** A program that runs several commands side by side: a Procfile's, or those of one script. */
export const processRunner: OriginDetector = {
  id: 'process-runner',
  detect: (facts) => {
    const found = findStarter(facts, runners) ?? overmindIn(facts);
    return (
      found && {
        label: found.name,
        evidence: [ancestorEvidence(found)],
        restarts: null,
        at: found.at,
      }
    );
  },
};

/** Overmind runs its processes in a tmux server of its own, on a socket named `overmind-…`. */
const overmindIn = (facts: OriginFacts): (Ancestor & { name: string }) | null => {
  const found = findAncestor(
    facts,
    (link) =>
      nameAmong(link, tmux) !== null &&
      link.command.argv.some((word) => /^(?:.*\/)?overmind-/.test(word)),
  );
  return found && { ...found, name: 'overmind' };
};
