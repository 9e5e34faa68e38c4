import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findStarter } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set(['anacron', 'atd', 'batch']);

/** A job of `at`, `batch` or anacron: it ran once, at its time. */
export const atJob: OriginDetector = {
  id: 'at-job',
  detect: (facts) => {
    const found = findStarter(facts, names);
    return (
      found && {
        label: found.name === 'anacron' ? 'anacron job' : 'at job',
        evidence: [ancestorEvidence(found)],
        restarts: found.name === 'anacron' ? null : false,
        at: found.at,
      }
    );
  },
};
