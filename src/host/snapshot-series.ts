import type { Snapshot } from '../model/snapshot.ts';
import type { Process } from '../model/process.ts';
import type { Socket, SocketAddress } from '../model/socket.ts';
import type { Host } from './host.ts';
import { type SnapshotQuery, takeSnapshot, wantedInodes } from './snapshot.ts';

/** How long holders may be taken over from an earlier look: a descriptor can change hands unseen. */
const trustHoldersMs = 10_000;

/**
 * Makes a reader for looking again and again: each call resolves to a snapshot of now, to the object
 * of the call before where nothing has changed since. Sockets are read each time; who holds them is
 * searched anew only where a socket is new, a holder has ended or ten seconds have passed, because
 * that search costs many times the rest.
 */
export const snapshotSeries = (
  host: Host,
  query: SnapshotQuery,
  signal: AbortSignal,
  now: () => number,
): (() => Promise<Snapshot>) => {
  let last: Search | null = null;
  return async () => {
    const at = now();
    const lighter =
      last !== null && at - last.searchedAt < trustHoldersMs
        ? sameHolders(host, query, last, at)
        : null;
    const snapshot = lighter ?? (await takeSnapshot(host, query, signal, now));
    last =
      last !== null && lighter !== null
        ? { ...last, snapshot }
        : { snapshot, searchedAt: at, holders: holdersOf(snapshot) };
    return snapshot;
  };
};

/** The last snapshot, and the last search for holders: when, and whom it found. */
type Search = {
  readonly snapshot: Snapshot;
  readonly searchedAt: number;
  readonly holders: readonly Process[];
};

/**
 * The snapshot with today's sockets and yesterday's holders, the very same where no socket has
 * changed; null where the holders can't be trusted.
 */
const sameHolders = (
  host: Host,
  query: SnapshotQuery,
  { snapshot: before, holders }: Search,
  at: number,
): Snapshot | null => {
  const { sockets, rawSockets } = host.sockets(query);
  const unchanged = isUnchanged(before.sockets, sockets);
  if (!unchanged && hasNewInode(before.sockets, sockets, query.holdersOf)) return null;
  if (!holders.every((process) => host.isRunning(process))) return null;
  return unchanged
    ? before
    : { ...before, takenAt: new Date(at).toISOString(), sockets, rawSockets };
};

const hasNewInode = (
  before: readonly Socket[],
  now: readonly Socket[],
  holdersOf: SnapshotQuery['holdersOf'],
): boolean => {
  const known = wantedInodes(before, holdersOf);
  return wantedInodes(now, holdersOf)
    .values()
    .some((inode) => !known.has(inode));
};

/** The kernel lists a table in one order as long as nothing comes or goes. */
const isUnchanged = (before: readonly Socket[], now: readonly Socket[]): boolean =>
  before.length === now.length && now.every((socket, at) => isSame(socket, before[at]));

/** Whether two readings tell the same of what a list of listeners shows; traffic is not in it. */
const isSame = (socket: Socket, before: Socket | undefined): boolean =>
  before !== undefined &&
  socket.inode === before.inode &&
  socket.state === before.state &&
  socket.namespace === before.namespace &&
  socket.acceptQueue?.length === before.acceptQueue?.length &&
  (socket.transport === 'unix' || before.transport === 'unix'
    ? socket.transport === before.transport
    : isSameEnd(socket.local, before.local) && isSameEnd(socket.remote, before.remote));

const isSameEnd = (end: SocketAddress, before: SocketAddress): boolean =>
  end.port === before.port && end.address === before.address;

const holdersOf = (snapshot: Snapshot): readonly Process[] => {
  const pids = new Set(
    Object.values(snapshot.holders).flatMap((holders) => holders.map(({ pid }) => pid)),
  );
  return snapshot.processes.filter(({ pid }) => pids.has(pid));
};
