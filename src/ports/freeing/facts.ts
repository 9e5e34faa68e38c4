import type { Connection } from '../../model/connection.ts';
import type { Container } from '../../model/container.ts';
import type { Owner } from '../../model/explanation.ts';
import type { Known } from '../../model/known.ts';
import type { Listener, OwnerReference } from '../../model/listener.ts';
import type { Problem } from '../../model/problem.ts';
import type { Process } from '../../model/process.ts';
import type { Target } from '../../model/target.ts';

/** One verdict about why a process runs, and the process that shows it. */
export type Cause = { readonly pid: number; readonly id: string; readonly label: string };

/** A systemd socket unit that holds a listener; `name` null: nothing names it. */
export type SocketUnit = {
  readonly name: string | null;
  readonly service: string | null;
  readonly user: boolean;
};

/** A process that holds some of what is to be freed. */
export type HeldBy = Owner & {
  readonly role: OwnerReference['role'];
  /** Every verdict about its origin, the most telling first. */
  readonly causes: readonly Cause[];
  readonly listeners: readonly Listener[];
  readonly socketUnit: SocketUnit | null;
  /** The container that it runs in, or publishes a port for. */
  readonly container: Container | null;
};

/** What systemd tells of a service: `Restart=` and the units that trigger it. */
export type UnitFacts = {
  readonly restart: string | null;
  readonly triggeredBy: readonly string[];
};

/** All that a plan is made from. */
export type FreeingFacts = {
  readonly targets: readonly [Target, ...Target[]];
  /** What the targets mean, in this network namespace. */
  readonly listeners: readonly Listener[];
  /** The same in other namespaces, where nobody has it in this one. */
  readonly elsewhere: readonly Listener[];
  /** Sockets of UDP on the same port, where no transport was named. */
  readonly datagrams: readonly Listener[];
  readonly holders: readonly HeldBy[];
  /** Containers that publish the port though nobody is seen to listen. */
  readonly published: readonly Container[];
  /** Of these listeners. */
  readonly connections: readonly Connection[];
  readonly allListeners: readonly Listener[];
  readonly processes: readonly Process[];
  /** The names of programs, as other answers have them. */
  readonly nameOf: (process: Process) => string;
  /** This process and its ancestors, nearest first; unknown on a copy of a machine. */
  readonly self: Known<{
    readonly pid: number;
    readonly ancestors: readonly number[];
    readonly uids: readonly number[];
  }>;
  /** Service name → what systemd tells of it. */
  readonly units: Readonly<Record<string, Known<UnitFacts>>>;
  /** Container id → its restart policy. */
  readonly restartPolicies: Readonly<Record<string, Known<string>>>;
  readonly graceMs: number;
  readonly force: boolean;
  /** End the process that started it too, whatever that is. */
  readonly withParent: boolean;
  readonly problems: readonly Problem[];
};
