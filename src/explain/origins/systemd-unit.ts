import type { OriginDetector } from '../origin.ts';
import { cgroupOf, sessionIn } from '../origin-match.ts';
import { systemdUnitOf } from '../../model/systemd-unit.ts';

/**
 * A systemd service, by the cgroup. A session that lies inside a unit (a tmux server, an editor's
 * server, an ssh login without its own scope) is left to its own detector: the unit runs the
 * session program, not what people started in it.
 */
export const systemdUnit: OriginDetector = {
  id: 'systemd-unit',
  detect: (facts) => {
    const [owner] = facts.chain;
    const cgroup = owner === undefined ? null : cgroupOf(owner.process);
    const unit = cgroup === null ? null : systemdUnitOf(cgroup);
    if (unit === null || sessionIn(facts) !== null) return null;
    const { name, user, instance, template } = unit;
    return {
      label: `systemd ${user ? 'user ' : ''}unit ${name}`,
      evidence: [
        `cgroup ${cgroup}`,
        ...(template === null ? [] : [`instance ${instance} of the template ${template}`]),
      ],
      restarts: null,
      at: facts.chain.findLastIndex(({ process }) => cgroupOf(process) === cgroup),
    };
  },
};
