import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence } from '../origin-match.ts';

/** A process whose parent lies outside of this pid namespace: `docker exec`, `nsenter`. */
export const entered: OriginDetector = {
  id: 'entered',
  detect: ({ chain }) => {
    const at = chain.length - 1;
    const top = chain[at];
    if (top === undefined || top.process.ppid !== 0 || top.process.pid === 1) return null;
    if (top.process.kernelThread) return null;
    return {
      label: 'somebody outside of this container (docker exec or the like)',
      evidence: [
        ancestorEvidence({ at, link: top }),
        'its parent lies outside of this pid namespace',
      ],
      restarts: false,
      at,
    };
  },
};
