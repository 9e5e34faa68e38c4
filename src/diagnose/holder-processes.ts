import { knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The processes that hold a listener, in the order of its owners; empty where none may be seen. */
export const holderProcesses = (listener: Listener, snapshot: Snapshot): readonly Process[] =>
  knownOr(listener.owners, []).flatMap(({ pid }) => processOf(pid, snapshot) ?? []);

/** The processes that hold a socket, by its inode; empty where none may be seen. */
export const processesHolding = (inode: number, snapshot: Snapshot): readonly Process[] =>
  (snapshot.holders[inode] ?? []).flatMap(({ pid }) => processOf(pid, snapshot) ?? []);

/**
 * Of the processes that hold a listener those that no other of them started: the main process of a
 * server with workers, each program of an SO_REUSEPORT group. Who ends these frees the port.
 */
export const independentHolders = (listener: Listener, snapshot: Snapshot): readonly Process[] => {
  const holders = holderProcesses(listener, snapshot);
  const pids = new Set(holders.map(({ pid }) => pid));
  return holders.filter(({ pid, ppid }) => pid === ppid || !pids.has(ppid));
};

/** A process of the snapshot; null where it is not in it. */
export const processOf = (pid: number, { processes }: Snapshot): Process | null =>
  processes.find((process) => process.pid === pid) ?? null;

/** A process in a sentence: `node (pid 4242)`. */
export const processText = ({ comm, pid }: Process): string => `${comm} (pid ${pid})`;
