import { isKnown } from '../model/known.ts';
import type { Problem } from '../model/problem.ts';
import type { Process } from '../model/process.ts';
import type { Holder, Snapshot } from '../model/snapshot.ts';
import type { Socket } from '../model/socket.ts';
import type { Host, HolderReading, ProcessDetail, SocketQuery, SocketReading } from './host.ts';
import { type NetworkQuery, networkOf } from './snapshot-network.ts';
import { projectsOf } from './snapshot-projects.ts';

export { readSnapshotFile } from './snapshot-file.ts';

/** What a snapshot is to hold. */
export type SnapshotQuery = SocketQuery & {
  /** `listening`: look for holders of what listens; `all`: of connections too. */
  readonly holdersOf: 'listening' | 'all';
  /** How much to read of each process; default `brief`. `full` also asks engines for pids. */
  readonly detail?: ProcessDetail;
  /** Processes to read in full whatever `detail` says. */
  readonly detailFor?: ReadonlySet<number>;
  /** Processes to read beside the holders, with their ancestors. */
  readonly alsoProcesses?: ReadonlySet<number>;
  /** Left out: nothing of the network beside interfaces and sockets. */
  readonly network?: NetworkQuery;
};

/**
 * Reads the machine once: sockets, who holds them, these processes and their ancestors, and what
 * judgements need beside. Nothing in it is stale: a holder that ended meanwhile makes it look once
 * more, and is left out should another end then. What could not be read is in `problems`. Rejects
 * with the signal's reason when that aborts.
 */
export const takeSnapshot = async (
  host: Host,
  query: SnapshotQuery,
  signal: AbortSignal,
  now: () => number,
): Promise<Snapshot> => {
  signal.throwIfAborted();
  const asked = host.containers(signal, { pids: query.detail === 'full' });
  // The rest is synchronous: two turns let the engines get their question first.
  await nextTurn();
  await nextTurn();
  const takenAt = new Date(now()).toISOString();
  const machine = host.machine();
  const { reading, holding, processes } = readStable(host, query, machine.uid);
  const holdingProcesses = processes.filter(isNamedBy(holding, query));
  const projects = projectsOf(host, holdingProcesses);
  const keepers = query.detail === 'full' ? processes.filter(isSystemd) : [];
  const cgroups = host.cgroupPaths(tellingCgroups(reading.sockets, holding, keepers));
  const { containers, problems } = await asked;
  const network = query.network && (await networkOf(host, query.network, signal));
  signal.throwIfAborted();
  return {
    version: 1,
    takenAt,
    machine,
    interfaces: host.interfaces(),
    ...(network === undefined ? {} : { network }),
    backend: reading.backend,
    sockets: reading.sockets,
    rawSockets: reading.rawSockets,
    holders: recordOf(holding.holders),
    unreadableProcesses: holding.unreadableProcesses,
    processes,
    users: usersOf(host, reading.sockets, processes),
    cgroups: Object.fromEntries(cgroups),
    containers,
    projects,
    problems: distinct([...reading.problems, ...holding.problems, ...problems]),
  };
};

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Inodes of the sockets whose holders a query wants, each once, in the sockets' order. */
export const wantedInodes = (
  sockets: readonly Socket[],
  holdersOf: SnapshotQuery['holdersOf'],
): ReadonlySet<number> => {
  const inodes = new Set<number>();
  for (const socket of sockets) {
    if (isWanted(socket, holdersOf)) inodes.add(socket.inode);
  }
  return inodes;
};

const isWanted = (socket: Socket, holdersOf: SnapshotQuery['holdersOf']): boolean =>
  socket.inode !== 0 && (holdersOf === 'all' || takesTraffic(socket));

/** Whether a socket takes connections, or datagrams from anyone. */
const takesTraffic = (socket: Socket): boolean =>
  socket.state === 'listen' ||
  socket.transport === 'udp' ||
  (socket.transport === 'unix' && socket.type === 'dgram' && socket.peerInode === null);

type Look = {
  readonly reading: SocketReading;
  readonly holding: HolderReading;
  readonly processes: readonly Process[];
};

/** By inode, ascending, as keys that are numbers always are (ECMA-262 10.1.11.1). */
const recordOf = (holders: HolderReading['holders']): Snapshot['holders'] => {
  const record: Record<string, readonly Holder[]> = {};
  for (const [inode, several] of holders) record[inode] = several;
  return record;
};

/** Looks, and where a holder ended in between once more. */
const readStable = (host: Host, query: SnapshotQuery, uid: number): Look => {
  const first = look(host, query);
  return withoutClosed(host, query, first.lost ? look(host, query) : first, uid);
};

const look = (host: Host, query: SnapshotQuery): Look & { readonly lost: boolean } => {
  const reading = host.sockets(query);
  const holding = host.holders(wantedInodes(reading.sockets, query.holdersOf));
  const processes = readProcesses(host, query, holding);
  const isThere = ({ pid }: Holder): boolean => processes.has(pid);
  const lost = !holding.holders.values().every((several) => several.every(isThere));
  return {
    reading,
    holding: lost ? { ...holding, holders: stillThere(holding.holders, isThere) } : holding,
    processes: [...processes.values()].toSorted((a, b) => a.pid - b.pid),
    lost,
  };
};

/** Holders that could be read, others asked for, and all their ancestors. */
const readProcesses = (
  host: Host,
  query: SnapshotQuery,
  holding: HolderReading,
): ReadonlyMap<number, Process> => {
  const found = new Map<number, Process>();
  const seen = new Set<number>();
  const visit = (pid: number): void => {
    for (let next = pid; next > 0 && !seen.has(next);) {
      seen.add(next);
      const detail = query.detailFor?.has(next) === true ? 'full' : (query.detail ?? 'brief');
      const process = host.process(next, detail);
      if (!isKnown(process)) return;
      found.set(next, process);
      next = process.ppid;
    }
  };
  for (const several of holding.holders.values()) several.forEach(({ pid }) => visit(pid));
  query.alsoProcesses?.forEach(visit);
  return found;
};

const stillThere = (
  holders: HolderReading['holders'],
  isThere: (holder: Holder) => boolean,
): HolderReading['holders'] => {
  const kept = new Map<number, readonly Holder[]>();
  for (const [inode, several] of holders) {
    const alive = several.filter(isThere);
    if (alive.length > 0) kept.set(inode, alive);
  }
  return kept;
};

/**
 * Leaves out sockets that nobody holds because they were closed meanwhile. Only those are looked at
 * again whose holder would have been seen: `nobody` is otherwise an answer about permissions.
 */
const withoutClosed = (host: Host, query: SnapshotQuery, seen: Look, uid: number): Look => {
  const { reading, holding } = seen;
  const isSuspect = (socket: Socket): boolean =>
    isWanted(socket, query.holdersOf) &&
    !holding.holders.has(socket.inode) &&
    (holding.unreadableProcesses === 0 || socket.uid === uid);
  const suspects = reading.sockets.filter(isSuspect);
  if (suspects.length === 0) return seen;
  const now = inodesNow(host, query, suspects);
  const closed = new Set(suspects.filter(({ inode }) => !now.has(inode)));
  const sockets = reading.sockets.filter((socket) => !closed.has(socket));
  return { ...seen, reading: { ...reading, sockets } };
};

const fewPorts = 8;

/** Reads no more than it takes to see these again: it may be one kernel's own among thousands. */
const inodesNow = (host: Host, query: SnapshotQuery, suspects: readonly Socket[]): Set<number> => {
  const narrower: SocketQuery = {
    unix: suspects.some(({ transport }) => transport === 'unix'),
    states: suspects.every(takesTraffic) ? 'listening' : query.states,
    otherNamespaces: suspects.some(({ namespace }) => namespace !== 'this'),
  };
  const ports = new Set(
    suspects.flatMap((one) => (one.transport === 'unix' ? [] : [one.local.port])),
  );
  const queries =
    ports.size > 0 && ports.size <= fewPorts
      ? [...ports].map((localPort) => ({ ...narrower, localPort }))
      : [narrower];
  return new Set(queries.flatMap((one) => host.sockets(one).sockets.map(({ inode }) => inode)));
};

const isNamedBy = (
  holding: HolderReading,
  query: SnapshotQuery,
): ((process: Process) => boolean) => {
  const pids = new Set<number>();
  for (const several of holding.holders.values()) several.forEach(({ pid }) => pids.add(pid));
  return ({ pid }) => pids.has(pid) || query.alsoProcesses?.has(pid) === true;
};

/**
 * Ids of the groups in which sockets were made that nobody who could be seen holds: their path is
 * then all there is. Of what `keepers` hold the path names the unit that they hold it for.
 */
const tellingCgroups = (
  sockets: readonly Socket[],
  { holders }: HolderReading,
  keepers: readonly Process[],
): ReadonlySet<string> => {
  const pids = new Set(keepers.map(({ pid }) => pid));
  const ids = new Set<string>();
  for (const socket of sockets) {
    if (socket.transport === 'unix' || !isKnown(socket.cgroupId) || socket.cgroupId === '0')
      continue;
    const several = holders.get(socket.inode);
    const isTelling = several === undefined || several.some(({ pid }) => pids.has(pid));
    if (isTelling && takesTraffic(socket)) ids.add(socket.cgroupId);
  }
  return ids;
};

const isSystemd = ({ comm }: Process): boolean => comm === 'systemd';

const usersOf = (
  host: Host,
  sockets: readonly Socket[],
  processes: readonly Process[],
): Snapshot['users'] => {
  const uids = new Set<number>();
  for (const { uid } of sockets) if (isKnown(uid)) uids.add(uid);
  for (const { uid } of processes) if (isKnown(uid)) uids.add(uid);
  const named = [...uids]
    .toSorted((a, b) => a - b)
    .map((uid) => [uid, host.userName(uid)] as const);
  return Object.fromEntries(
    named.flatMap(([uid, name]) => (name === null ? [] : [[String(uid), name]])),
  );
};

const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [`${problem.id} ${problem.detail}`, problem])).values(),
];
