import { baseName } from '../base-name.ts';
import type { ChainProcess, OriginDetection, OriginDetector } from '../origin.ts';
import {
  ancestorEvidence,
  cgroupOf,
  findAncestor,
  firstArgument,
  launchOf,
  sessionIn,
} from '../origin-match.ts';

const scriptFolder = /^\/etc\/(?:init\.d|rc\.d|rc[0-6S]\.d)\/|^\/etc\/rc\.local$/;

/** A service of sysvinit or OpenRC: a script in `/etc/init.d`, or OpenRC's cgroup. */
export const initScript: OriginDetector = {
  id: 'init-script',
  detect: (facts) => {
    if (sessionIn(facts) !== null) return null;
    const found = findAncestor(facts, (link) => serviceOf(link) !== null);
    if (found === null) return byCgroup(facts.chain);
    return {
      label: `init script ${serviceOf(found.link) ?? ''}`,
      evidence: [ancestorEvidence(found)],
      restarts: isSupervising(found.link) ? true : null,
      at: found.at,
    };
  },
};

const byCgroup = (chain: readonly ChainProcess[]): OriginDetection | null => {
  const cgroup = chain[0] === undefined ? null : cgroupOf(chain[0].process);
  const [, service] = /^\/openrc[./]([^/]+)/.exec(cgroup ?? '') ?? [];
  return service === undefined
    ? null
    : { label: `init script ${service}`, evidence: [`cgroup ${cgroup}`], restarts: null, at: 0 };
};

const serviceOf = (link: ChainProcess): string | null => {
  const { script, argv } = link.command;
  if (script !== null && scriptFolder.test(script)) return baseName(script);
  const [name] = launchOf(link.command).names;
  if (name !== 'openrc-run' && !isSupervising(link)) return null;
  const service = firstArgument(argv.slice(1));
  return service === null ? null : baseName(service);
};

const isSupervising = (link: ChainProcess): boolean =>
  launchOf(link.command).names[0] === 'supervise-daemon';
