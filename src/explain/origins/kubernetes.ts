import { containerFromCgroup } from '../../model/container-cgroup.ts';
import { isKnown } from '../../model/known.ts';
import type { OriginDetector } from '../origin.ts';
import { containerTop } from '../container-top.ts';
import { cgroupOf } from '../origin-match.ts';

/** A container of a Kubernetes pod. */
export const kubernetes: OriginDetector = {
  id: 'kubernetes',
  detect: (facts) => {
    const [owner] = facts.chain;
    const cgroup = owner === undefined ? null : cgroupOf(owner.process);
    const seen = cgroup === null ? null : containerFromCgroup(cgroup);
    const byEngine = facts.container?.engine === 'kubernetes';
    if (!byEngine && seen?.kubernetes !== true) return null;
    const id = facts.container?.id ?? seen?.id ?? '';
    const known = facts.container?.name;
    const name = known !== undefined && isKnown(known) ? known : id.slice(0, 12);
    return {
      label: `kubernetes container ${name}`,
      evidence: [cgroup === null ? `container ${id.slice(0, 12)}` : `cgroup ${cgroup}`],
      restarts: null,
      at: containerTop(facts, id),
    };
  },
};
