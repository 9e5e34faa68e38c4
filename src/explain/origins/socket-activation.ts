import type { OriginDetector, OriginFacts } from '../origin.ts';
import { cgroupOf, environmentOf } from '../origin-match.ts';
import { systemdUnitOf } from '../../model/systemd-unit.ts';

/**
 * systemd opened the socket and keeps it: the service starts with the first connection, and starts
 * again with the next one after it has been stopped (systemd.socket(5), sd_listen_fds(3)).
 */
export const socketActivation: OriginDetector = {
  id: 'socket-activation',
  detect: (facts) => {
    const [owner] = facts.chain;
    if (owner === undefined) return null;
    const cgroup = cgroupOf(owner.process);
    const unit = cgroup === null ? null : systemdUnitOf(cgroup);
    const passed = passedTo(facts);
    const byInit = owner.process.pid === 1 && facts.socketHeldByInit;
    if (!facts.socketHeldByInit && (passed === null || unit === null)) return null;
    return {
      label: byInit
        ? 'systemd socket unit, its service starts with the first connection'
        : `systemd socket activation${unit === null ? '' : ` of ${unit.name}`}`,
      evidence: [
        ...(facts.socketHeldByInit ? ['systemd holds the same socket'] : []),
        ...(passed === null ? [] : [passed.evidence]),
        ...(unit === null ? [] : [`cgroup ${cgroup}`]),
      ],
      restarts: true,
      at: passed?.at ?? 0,
    };
  },
};

/** LISTEN_PID must name the process that has it: children inherit the variable and not its meaning. */
const passedTo = ({ chain }: OriginFacts): { at: number; evidence: string } | null => {
  const at = chain.findIndex(
    (link) => environmentOf(link)['LISTEN_PID'] === String(link.process.pid),
  );
  const link = chain[at];
  if (link === undefined) return null;
  const { LISTEN_FDS: count = '0', LISTEN_PID: pid } = environmentOf(link);
  return Number(count) > 0
    ? { at, evidence: `environment LISTEN_FDS=${count}, LISTEN_PID=${pid}` }
    : null;
};
