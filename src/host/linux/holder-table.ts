import type { Holder } from '../../model/snapshot.ts';
import { bracketedNumber } from './bracketed-number.ts';

/** Socket inode → its holders, in ascending order of pids and of descriptors. */
export type HolderTable = Map<number, FoundHolder[]>;

/** A holder whose descriptors are still being found: one process may have a million of one socket. */
type FoundHolder = Holder & { readonly fds: number[] };

/** What one look through all processes' descriptors found. `errno` other than 0: /proc itself failed. */
export type HolderScan = {
  readonly wanted: ReadonlySet<number>;
  readonly table: HolderTable;
  /** The inodes that several processes hold. */
  readonly shared: Set<number>;
  /** pid → its epoll descriptors, for every process that has any. */
  readonly epolls: Map<number, number[]>;
  /** Processes that could be read and have no descriptor: kernel threads, and what has ended. */
  readonly empty: number[];
  /** The process whose descriptors are being read. */
  pid: number;
  unreadableProcesses: number;
  errno: number;
};

/** A scan that has found nothing yet. */
export const startScan = (wanted: ReadonlySet<number>): HolderScan => ({
  wanted,
  table: new Map(),
  shared: new Set(),
  epolls: new Map(),
  empty: [],
  pid: 0,
  unreadableProcesses: 0,
  errno: 0,
});

/**
 * Records what the link of one of the current process's descriptors (`length` bytes) says, where it
 * is a wanted socket or an epoll set. Processes and their descriptors come in ascending order.
 */
export const recordLink = (
  scan: HolderScan,
  fd: number,
  link: Uint8Array,
  length: number,
): void => {
  const inode = bracketedNumber(link, length, socketPrefix);
  if (inode > 0) {
    if (scan.wanted.has(inode)) addHolder(scan, inode, fd);
  } else if (isEpoll(link, length)) {
    addEpoll(scan, fd);
  }
};

const socketPrefix = Buffer.from('socket:[');
const epollLink = Buffer.from('anon_inode:[eventpoll]');

const isEpoll = (link: Uint8Array, length: number): boolean =>
  length === epollLink.length && epollLink.every((byte, index) => link[index] === byte);

const addEpoll = ({ epolls, pid }: HolderScan, fd: number): void => {
  const fds = epolls.get(pid);
  if (fds === undefined) epolls.set(pid, [fd]);
  else fds.push(fd);
};

// Processes come one after the other, so that one with the same pid can only be the last.
const addHolder = ({ table, shared, pid }: HolderScan, inode: number, fd: number): void => {
  const holders = table.get(inode);
  const last = holders?.at(-1);
  if (holders === undefined) table.set(inode, [{ pid, fds: [fd], accepting: null }]);
  else if (last?.pid === pid) last.fds.push(fd);
  else {
    holders.push({ pid, fds: [fd], accepting: null });
    shared.add(inode);
  }
};
