import type { Container } from './container.ts';
import type { Known } from './known.ts';
import type { Machine, NetworkInterface } from './machine.ts';
import type { NetworkFacts } from './network.ts';
import type { Problem } from './problem.ts';
import type { Process } from './process.ts';
import type { ProjectFacts } from './project-facts.ts';
import type { RawSocketCount, Socket } from './socket.ts';

/** Evidence that a process itself waits for connections on a socket that several hold. */
export type AcceptEvidence =
  | { readonly kind: 'accept'; readonly fd: number }
  | { readonly kind: 'epoll'; readonly epollFd: number; readonly fd: number };

/** One process that holds a socket, through which descriptors. */
export type Holder = {
  readonly pid: number;
  readonly fds: readonly number[];
  /** Looked for only where several processes hold the socket; null: looked for and not found, or not looked for. */
  readonly accepting: AcceptEvidence | null;
};

/**
 * Everything that was read of the machine at one moment: immutable, serialisable, and all that a
 * judgement may look at. The same file is a bug report, a test fixture and an input (`--snapshot`).
 */
export type Snapshot = {
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly machine: Machine;
  readonly interfaces: readonly NetworkInterface[];
  /** Missing where it was not asked for, and in snapshots of older versions. */
  readonly network?: NetworkFacts;
  /** `netlink`: all fields; `procfs`: cookie, cgroup, v6only, backlog, tcp_info are `unsupported`. */
  readonly backend: 'netlink' | 'procfs';
  readonly sockets: readonly Socket[];
  readonly rawSockets: readonly RawSocketCount[];
  /** Socket inode (decimal text) → who holds it. A missing inode: nobody that could be seen. */
  readonly holders: Readonly<Record<string, readonly Holder[]>>;
  /** How many processes' descriptors the kernel refused to show; where 0, a socket without holders has none here. */
  readonly unreadableProcesses: number;
  /** Holders and their ancestors up to init. */
  readonly processes: readonly Process[];
  /** uid (decimal text) → user name. */
  readonly users: Readonly<Record<string, string>>;
  /** cgroup v2 id → path, for the ids that sockets name. */
  readonly cgroups: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
  /** Working directory → what its project files say; null: looked, and there is no project. */
  readonly projects: Readonly<Record<string, Known<ProjectFacts> | null>>;
  readonly problems: readonly Problem[];
};
