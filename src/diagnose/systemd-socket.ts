import { isKnown, knownOr } from '../model/known.ts';
import type { InetListener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { holderProcesses } from './holder-processes.ts';

/** A listening socket that systemd opened for a socket unit (systemd.socket(5)). */
export type SystemdSocket = {
  /** `web.socket`; null where nothing names it. */
  readonly socketUnit: string | null;
  /** The service that has the socket too, by its cgroup; null where it has not been started. */
  readonly service: string | null;
  /** Whether a user's manager holds it (`systemctl --user`). */
  readonly user: boolean;
  readonly evidence: readonly string[];
};

/**
 * Tells whether systemd holds a listener: a manager is among its holders, or, where these may not be
 * seen, the socket was made in a socket unit's cgroup. A process that is only called systemd is no
 * manager.
 */
export const systemdSocket = (listener: InetListener, snapshot: Snapshot): SystemdSocket | null => {
  const processes = holderProcesses(listener, snapshot);
  const manager = processes.find(isManager);
  const group = cgroupOf(listener, snapshot);
  const socketUnit = /\/([^/-][^/]*\.socket)$/.exec(group ?? '')?.[1] ?? null;
  if (manager === undefined && socketUnit === null) return null;
  const others = processes.filter((process) => process !== manager);
  const service = others.map(serviceOf).find((name) => name !== null) ?? null;
  return {
    socketUnit,
    service,
    user: manager === undefined ? /\/user@\d+\.service\//.test(group ?? '') : manager.pid !== 1,
    evidence: [
      ...(manager === undefined ? [] : [`systemd (pid ${manager.pid}) holds the listening socket`]),
      ...(group === null || socketUnit === null ? [] : [`the socket was made in cgroup ${group}`]),
      ...others.map((process) => `${process.comm} (pid ${process.pid}) was given it`),
    ],
  };
};

/** The system's manager is pid 1, a user's has the option. */
const isManager = ({ pid, comm, argv }: Process): boolean =>
  comm === 'systemd' && (pid === 1 || (isKnown(argv) && argv.includes('--user')));

const cgroupOf = (listener: InetListener, { sockets, cgroups }: Snapshot): string | null => {
  const inodes = new Set(listener.sockets.map(({ inode }) => inode));
  for (const socket of sockets) {
    if (socket.transport === 'unix' || !inodes.has(socket.inode) || !isKnown(socket.cgroupId)) {
      continue;
    }
    const path = cgroups[socket.cgroupId];
    if (path !== undefined) return path;
  }
  return null;
};

const serviceOf = ({ cgroup }: Process): string | null =>
  /\/([^/-][^/]*\.service)(?:\/|$)/.exec(knownOr(cgroup, ''))?.[1] ?? null;
