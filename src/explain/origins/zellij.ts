import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findNamed } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set(['zellij']);

/** A pane of Zellij. */
export const zellij: OriginDetector = {
  id: 'zellij',
  detect: (facts) => {
    const found = findNamed(facts, names);
    return (
      found && {
        label: 'Zellij pane',
        evidence: [ancestorEvidence(found)],
        restarts: false,
        at: found.at,
      }
    );
  },
};
