import type { Snapshot } from '../model/snapshot.ts';
import type { Host } from './host.ts';
import { type SnapshotQuery, takeSnapshot, wantedInodes } from './snapshot.ts';

/** How long holders may be taken over from an earlier look: a descriptor can change hands unseen. */
const trustHoldersMs = 10_000;

/**
 * Makes a reader for looking again and again: each call resolves to a snapshot of now. Sockets are
 * read each time; who holds them is searched anew only where a socket is new, a holder has ended or
 * ten seconds have passed, because that search costs many times the rest.
 */
export const snapshotSeries = (
  host: Host,
  query: SnapshotQuery,
  signal: AbortSignal,
  now: () => number,
): (() => Promise<Snapshot>) => {
  let last: { snapshot: Snapshot; searchedAt: number } | null = null;
  return async () => {
    const at = now();
    const lighter =
      last !== null && at - last.searchedAt < trustHoldersMs
        ? sameHolders(host, query, last.snapshot, at)
        : null;
    if (lighter !== null) return lighter;
    const snapshot = await takeSnapshot(host, query, signal, now);
    last = { snapshot, searchedAt: at };
    return snapshot;
  };
};

/** The snapshot with today's sockets and yesterday's holders; null where these can't be trusted. */
const sameHolders = (
  host: Host,
  query: SnapshotQuery,
  before: Snapshot,
  at: number,
): Snapshot | null => {
  const reading = host.sockets(query);
  const known = new Set(wantedInodes(before.sockets, query.holdersOf));
  const isKnown = wantedInodes(reading.sockets, query.holdersOf).every((inode) => known.has(inode));
  if (!isKnown || !holdersOf(before).every((process) => host.isRunning(process))) return null;
  return {
    ...before,
    takenAt: new Date(at).toISOString(),
    sockets: reading.sockets,
    rawSockets: reading.rawSockets,
  };
};

const holdersOf = (snapshot: Snapshot) => {
  const pids = new Set(
    Object.values(snapshot.holders).flatMap((holders) => holders.map(({ pid }) => pid)),
  );
  return snapshot.processes.filter(({ pid }) => pids.has(pid));
};
