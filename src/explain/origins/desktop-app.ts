import type { OriginDetector } from '../origin.ts';
import { cgroupOf } from '../origin-match.ts';
import { desktopUnitOf } from '../../model/systemd-unit.ts';

/** An application that the desktop started, in the scope or service it made for it. */
export const desktopApp: OriginDetector = {
  id: 'desktop-app',
  detect: ({ chain }) => {
    const [owner] = chain;
    const cgroup = owner === undefined ? null : cgroupOf(owner.process);
    const unit = cgroup === null ? null : desktopUnitOf(cgroup);
    if (unit === null) return null;
    return {
      label: `desktop application ${unit.application}`,
      evidence: [`cgroup ${cgroup}`],
      restarts: null,
      at: chain.findLastIndex(({ process }) => cgroupOf(process) === cgroup),
    };
  },
};
