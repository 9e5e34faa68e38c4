import type { Known, Unknown } from './known.ts';
import type { Family, Namespace, UnixSocketType } from './socket.ts';

/** What a person can check: one sentence or one `key value` fact each. */
export type Evidence = readonly string[];

/**
 * One process that holds a listening socket. `accepts`: it takes the connections, with evidence;
 * `holds`: it has the descriptor (inherited, or kept by a supervisor) and nothing shows that it accepts.
 */
export type OwnerReference = {
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly startedAt: Known<string>;
  readonly name: string;
  readonly role: 'accepts' | 'holds';
  readonly evidence: Evidence;
  /** Whom the process runs as; another than the socket's user where that one opened it and stepped down. */
  readonly uid?: Known<number>;
  readonly user?: string | null;
};

export type ProgramKind =
  | 'dev-server'
  | 'framework'
  | 'database'
  | 'broker'
  | 'web-server'
  | 'proxy'
  | 'debugger'
  | 'container'
  | 'tunnel'
  | 'tool'
  | 'system'
  | 'editor'
  | 'browser'
  | 'ai'
  | 'runtime'
  | 'unknown';

/** What a program is. `id` null: no detector knows it, `name` is then the command itself, cleaned up. */
export type Program = {
  readonly id: string | null;
  readonly name: string;
  readonly kind: ProgramKind;
  readonly version: string | null;
  readonly evidence: Evidence;
};

export type Project = {
  readonly name: string;
  readonly root: string;
  readonly branch: string | null;
  readonly worktree: string | null;
  readonly evidence: Evidence;
};

/** Why a process runs. `id` is a detector's id, or `unknown`. */
export type Origin = {
  readonly id: string;
  /** `systemd unit nginx.service`, `npm script dev`, `ssh session from 10.0.0.7`. */
  readonly label: string;
  /** Whether something starts it again when it ends; null: not known. */
  readonly restarts: boolean | null;
  readonly evidence: Evidence;
};

/** Who can reach a listener. `this-container`: only from inside another network namespace. */
export type ExposureLevel =
  | 'this-machine'
  | 'this-container'
  | 'local-network'
  | 'anyone-routed'
  | 'unknown';

export type Exposure = {
  readonly level: ExposureLevel;
  readonly reasons: Evidence;
  /** Addresses of this machine, or published host endpoints, through which it can be reached. */
  readonly reachableVia: readonly string[];
};

export type ContainerReference = {
  readonly id: string;
  readonly name: Known<string>;
  readonly image: Known<string>;
  readonly compose: {
    readonly project: string;
    readonly service: string;
    readonly workingDirectory: string | null;
  } | null;
};

type ListenerFacts = {
  readonly namespace: Namespace;
  readonly uid: Known<number>;
  readonly user: string | null;
  readonly owners: readonly OwnerReference[] | Unknown;
  readonly program: Known<Program>;
  /** null: the program belongs to no project. */
  readonly project: Known<Project> | null;
  readonly origin: Known<Origin>;
  readonly container: ContainerReference | null;
  readonly exposure: Exposure;
  /** Connections not yet accepted, and the backlog; summed over an SO_REUSEPORT group. null for UDP. */
  readonly queue: { readonly length: number; readonly limit: Known<number> } | null;
  /** Kernel sockets behind this row: more than one is an SO_REUSEPORT group. */
  readonly sockets: readonly { readonly inode: number; readonly cookie: Known<string> }[];
  /** Connections to this listener at this moment. */
  readonly connectionCount: number;
  /** Start of the accepting owner, ISO 8601. */
  readonly since: Known<string>;
};

/** One row of `homeport ls`: an address that takes connections or datagrams. */
export type InetListener = ListenerFacts & {
  readonly transport: 'tcp' | 'udp';
  readonly family: Family;
  readonly address: string;
  readonly port: number;
  /** null for IPv4 and where it makes no difference (not the wildcard). */
  readonly v6only: Known<boolean> | null;
  /** Name of the interface it is bound to; null: not bound to one. */
  readonly interface: string | null;
};

/** A unix socket that takes connections; exactly one of `path` and `abstract` is text. */
export type UnixListener = ListenerFacts & {
  readonly transport: 'unix';
  readonly type: UnixSocketType;
  readonly path: string | null;
  readonly abstract: string | null;
};

export type Listener = InetListener | UnixListener;
