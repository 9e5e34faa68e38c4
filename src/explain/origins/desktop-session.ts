import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findNamed } from '../origin-match.ts';
import { desktops } from '../origin-names.ts';

const names: ReadonlySet<string> = new Set(desktops.keys());

/** A program that a desktop's shell or session manager started without a scope of its own. */
export const desktopSession: OriginDetector = {
  id: 'desktop-session',
  detect: (facts) => {
    const found = findNamed(facts, names);
    return (
      found && {
        label: `desktop session (${desktops.get(found.name)})`,
        evidence: [ancestorEvidence(found)],
        restarts: null,
        at: found.at,
      }
    );
  },
};
