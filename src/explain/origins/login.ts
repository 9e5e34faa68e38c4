import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findNamed } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set([
  'agetty',
  'getty',
  'login',
  'mingetty',
  'su',
  'machinectl',
]);

/** A login at the console, or another user's shell. */
export const login: OriginDetector = {
  id: 'login',
  detect: (facts) => {
    const found = findNamed(facts, names);
    return (
      found && {
        label: found.name === 'su' ? 'login shell (su)' : 'console login',
        evidence: [ancestorEvidence(found)],
        restarts: false,
        at: found.at,
      }
    );
  },
};
