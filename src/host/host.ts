import type { Duplex } from 'node:stream';
import type { Container } from '../model/container.ts';
import type { BindTrial, LoopbackTrip } from '../model/diagnosis.ts';
import type { Firewall } from '../model/firewall.ts';
import type { Known } from '../model/known.ts';
import type { Machine, NetworkInterface } from '../model/machine.ts';
import type { Asker, FileWatches, NetworkFacts } from '../model/network.ts';
import type { Problem } from '../model/problem.ts';
import type { Process, ProcessIdentity } from '../model/process.ts';
import type { ProjectFacts } from '../model/project-facts.ts';
import type { Holder } from '../model/snapshot.ts';
import type { Family, RawSocketCount, Socket } from '../model/socket.ts';
import type { StateFile } from './state-file.ts';
import type { HostControl } from './host-control.ts';

/** Which sockets to read. */
export type SocketQuery = {
  /** Whether to read unix sockets too. */
  readonly unix: boolean;
  /**
   * `listening`: TCP listeners and every UDP socket; `connected`: connections too, without what
   * the kernel counted for them (timer and tcpInfo are `unsupported`); `all`: with it.
   */
  readonly states: 'listening' | 'connected' | 'all';
  /** Whether to look into other network namespaces where that is permitted. */
  readonly otherNamespaces: boolean;
  /** Of TCP and UDP only what has this port on its side; where that can't be asked for, more comes. */
  readonly localPort?: number;
};

export type SocketReading = {
  readonly backend: 'netlink' | 'procfs';
  readonly sockets: readonly Socket[];
  readonly rawSockets: readonly RawSocketCount[];
  readonly problems: readonly Problem[];
};

export type HolderReading = {
  /** Socket inode → who holds it. */
  readonly holders: ReadonlyMap<number, readonly Holder[]>;
  /** How many processes' descriptors the kernel refused to show. */
  readonly unreadableProcesses: number;
  readonly problems: readonly Problem[];
};

/** `brief`: what a table needs; `full`: also namespaces, open files and their limit. */
export type ProcessDetail = 'brief' | 'full';

export type ContainerReading = {
  readonly containers: readonly Container[];
  readonly problems: readonly Problem[];
};

/** A name's addresses in the resolver's order, and who said so. */
export type Resolution = {
  readonly addresses: readonly { readonly family: Family; readonly address: string }[];
};

/** What a terminal has shown, and whose text that is: `tmux pane %3`, or the name of a script(1) file. */
export type TerminalText = { readonly source: string; readonly text: string };

/** Where to connect. */
export type DialTarget =
  | { readonly transport: 'tcp'; readonly address: string; readonly port: number }
  | { readonly transport: 'unix'; readonly path: string };

/** What a server would bind: an address in canonical text without a zone. */
export type BindEndpoint = {
  readonly transport: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
};

/** This process as the machine sees it: what it must not end. */
export type SelfFacts = {
  readonly pid: number;
  /** Its parent, that one's parent and so on, as far as they can be seen. */
  readonly ancestors: readonly number[];
  /** Its own user, and the one who became root by sudo(8). */
  readonly uids: readonly number[];
};

/**
 * The operating system: the only way from Homeport to the machine. Reading methods never throw for
 * what a user may not see; they answer with `Known` values and problems.
 */
export type Host = {
  machine(): Machine;
  interfaces(): readonly NetworkInterface[];
  /** How many sockets of every kind there are: cheap to ask before they are read. */
  socketsInUse(): Known<number>;
  sockets(query: SocketQuery): SocketReading;
  /** Who holds these socket inodes; inodes outside `wanted` are left out. */
  holders(wanted: ReadonlySet<number>): HolderReading;
  /** One process; `gone` where it has ended. Read afresh at each call. */
  process(pid: number, detail: ProcessDetail): Known<Process>;
  /** Whether that very process still runs: a pid that was given to another is not it. */
  isRunning(identity: ProcessIdentity): boolean;
  /** Every pid that can be seen now. */
  pids(): readonly number[];
  /** cgroup v2 id → path for the ids asked, as far as they can be found. */
  cgroupPaths(ids: ReadonlySet<string>): ReadonlyMap<string, string>;
  /** The user database's name for a uid; null where it has none. */
  userName(uid: number): string | null;
  /**
   * What the project files around a folder say; null: no project there. `pid`: whose folder it is,
   * for a process may see another file tree.
   */
  project(directory: string, pid?: number): Known<ProjectFacts> | null;
  /**
   * Containers by their engines' sockets. Resolves within two seconds, whatever an engine does.
   * `pids`: their main processes too, a request for each.
   */
  containers(signal: AbortSignal, options?: { readonly pids: boolean }): Promise<ContainerReading>;
  /** Asks the system's resolver. */
  resolve(name: string, signal: AbortSignal): Promise<Known<Resolution>>;
  /**
   * What stands between two programs of this machine beside interfaces and sockets, without the
   * packet filter. `destinations`: addresses to ask the routes for, beside 127.0.0.1 and ::1.
   */
  network(destinations: readonly string[]): Omit<NetworkFacts, 'firewall'>;
  /** The packet filter's rules, read only: `denied` without the right. Resolves within two seconds. */
  firewall(signal: AbortSignal): Promise<Known<Firewall>>;
  /** Who watches how many files: looks at every descriptor that may be seen. */
  fileWatches(): FileWatches;
  /** What of this process's own surroundings bears on connections. */
  asker(): Asker;
  /**
   * Connects this process with itself over loopback for a moment, within half a second. Rejects with
   * the signal's reason alone.
   */
  loopbackTrip(family: Family, signal: AbortSignal): Promise<LoopbackTrip>;
  /**
   * What the terminal that Homeport runs in has shown last, its own command line included: of a tmux
   * pane or a script(1) session; `unsupported` elsewhere, with why. Resolves within a second.
   */
  terminalText(signal: AbortSignal): Promise<Known<TerminalText>>;
  /**
   * Binds a socket for a moment, in this network namespace and as this user, and never listens: no
   * connection can reach it. TCP alone is tried with SO_REUSEADDR: beside a UDP socket that has it
   * too the trial would succeed, and take its datagrams. `::` is tried for both families. A socket
   * that is bound with SO_REUSEADDR and does not listen is no obstacle to `reusing`: whichever of
   * the two listens first keeps the port, and the other fails in listen(2). `unsupported` where the
   * machine is not this one, or without native calls.
   */
  tryBind(endpoint: BindEndpoint): Known<BindTrial>;
  /**
   * Listens on a TCP endpoint for a moment: what is left where `tryBind` can't be made. Resolves with
   * the system's error, null where it was free.
   */
  tryListen(endpoint: BindEndpoint): Promise<Known<string | null>>;
  /** A file of Homeport's own by its name, such as `leases.json`. Throws `refused` without a home. */
  stateFile(name: string): StateFile;
  /** `net.ipv4.ip_local_reserved_ports`, for root to write: now, and in `file` for the next start. */
  readonly reservedPorts: { readonly file: string; readonly write: (list: string) => void };
  /** A folder's path without links; `gone` where there is none, and only then. */
  realFolder(path: string): Known<string>;
  /** The text of a file that the user named, links followed; `gone` where there is none. */
  textFile(path: string): Known<string>;
  /** `unsupported` on a copy of a machine, where we don't run. */
  self(): Known<SelfFacts>;
  /** What changes the machine, loaded with the first use. Rejects with invalid input on a copy of one. */
  control(): Promise<HostControl>;
  /** Opens a stream; rejects with the system's error (`code` ECONNREFUSED …). The caller destroys it. */
  dial(target: DialTarget, signal: AbortSignal): Promise<Duplex>;
};
