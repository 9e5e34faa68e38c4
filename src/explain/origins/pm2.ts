import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findStarter, inheritedVariable } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set(['pm2', 'pm2-runtime', 'pm2-docker']);

/** A process that pm2 keeps running. */
export const pm2: OriginDetector = {
  id: 'pm2',
  detect: (facts) => {
    const daemon = findStarter(facts, names);
    const id = inheritedVariable(facts, 'pm_id');
    if (daemon === null && id === null) return null;
    return {
      label: id === null ? 'pm2' : `pm2 process ${id.value}`,
      evidence: [
        ...(daemon === null ? [] : [ancestorEvidence(daemon)]),
        ...(id === null ? [] : [`environment pm_id=${id.value}`]),
      ],
      restarts: true,
      at: daemon?.at ?? id?.at ?? 0,
    };
  },
};
