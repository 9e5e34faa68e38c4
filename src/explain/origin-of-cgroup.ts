import { type Known, knownOr, unknown, type Unknown } from '../model/known.ts';
import type { Origin } from '../model/listener.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { systemdUnitOf } from '../model/systemd-unit.ts';

/**
 * The origin that a socket's own cgroup tells where its process can't be read: the container or the
 * systemd unit it was made in. This works without root. Where it tells neither: `why`, the reason
 * that the process itself is not known.
 */
export const originOfCgroup = (
  cgroup: string | null,
  index: SnapshotIndex,
  why: Unknown,
): Known<Origin> => {
  if (cgroup === null || cgroup === '/') return why;
  const evidence = [`the socket was made in cgroup ${cgroup}`];
  const container = index.container(cgroup);
  if (container !== null) {
    const name = knownOr(container.name, container.id.slice(0, 12));
    return { id: 'container', label: `container ${name}`, restarts: null, evidence };
  }
  const unit = systemdUnitOf(cgroup);
  return unit === null
    ? unknown(why.unknown, evidence[0])
    : { id: 'systemd-unit', label: `systemd unit ${unit.name}`, restarts: null, evidence };
};
