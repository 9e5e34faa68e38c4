import { baseName } from '../base-name.ts';
import type { OriginDetector } from '../origin.ts';
import { ancestorEvidence, findStarter, firstArgument, launchOf } from '../origin-match.ts';

const suites: ReadonlyMap<string, string> = new Map([
  ['runsv', 'runit'],
  ['s6-supervise', 's6'],
  ['supervise', 'daemontools'],
  ['perpd', 'perp'],
]);
const names: ReadonlySet<string> = new Set(suites.keys());

/** A service of runit, s6, daemontools or perp: one small supervisor per service. */
export const supervise: OriginDetector = {
  id: 'supervise',
  detect: (facts) => {
    const found = findStarter(facts, names);
    if (found === null) return null;
    const service = firstArgument(launchOf(found.link.command).words);
    const suite = suites.get(found.name) ?? found.name;
    return {
      label: service === null ? `${suite} service` : `${suite} service ${baseName(service)}`,
      evidence: [ancestorEvidence(found)],
      restarts: true,
      at: found.at,
    };
  },
};
