import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, cgroupOf, findNamed } from '../origin-match.ts';
import { terminals } from '../origin-names.ts';

const names: ReadonlySet<string> = new Set(terminals.keys());

/** A window of a terminal emulator. */
export const terminal: OriginDetector = {
  id: 'terminal',
  detect: (facts) => {
    const found = findNamed(facts, names);
    if (found !== null) {
      return {
        label: `terminal (${terminals.get(found.name)})`,
        evidence: [ancestorEvidence(found)],
        restarts: false,
        at: found.at,
      };
    }
    const [owner] = facts.chain;
    const cgroup = owner === undefined ? null : cgroupOf(owner.process);
    return cgroup === null || !/\/vte-spawn-[^/]+\.scope(?:\/|$)/.test(cgroup)
      ? null
      : { label: 'terminal', evidence: [`cgroup ${cgroup}`], restarts: false, at: 0 };
  },
};
