import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findNamed, inheritedVariable, launchOf } from '../origin-match.ts';

const names: ReadonlySet<string> = new Set(['homeport']);

/** A service that `homeport run` or `homeport up` started, or a process of Homeport itself. */
export const homeport: OriginDetector = {
  id: 'homeport',
  detect: (facts) => {
    const service = inheritedVariable(facts, 'HOMEPORT_SERVICE');
    const found = findNamed(facts, names, 0);
    if (service !== null) {
      return {
        label: `homeport service ${service.value}`,
        evidence: [
          `environment HOMEPORT_SERVICE=${service.value}`,
          ...(found === null ? [] : [ancestorEvidence(found)]),
        ],
        restarts: null,
        at: found?.at ?? service.at,
      };
    }
    if (found === null) return null;
    const verb = launchOf(found.link.command).words[0];
    const runs = found.at > 0 && (verb === 'run' || verb === 'up');
    if (found.at > 0 && !runs) return null;
    return {
      label: runs ? `homeport ${verb}` : 'homeport itself',
      evidence: [ancestorEvidence(found)],
      restarts: null,
      at: found.at,
    };
  },
};
