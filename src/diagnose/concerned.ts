import type { Concerned } from '../model/finding.ts';
import { knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';

/** Whom what is found of a listener is about: its sockets, and who has them. */
export const concernedBy = (...listeners: readonly Listener[]): Concerned => ({
  pids: listeners.flatMap(({ owners }) => knownOr(owners, []).map(({ pid }) => pid)),
  inodes: listeners.flatMap(({ sockets }) => sockets.map(({ inode }) => inode)),
});

/** Whether two findings may be about the same; null: everybody. */
export const concernsSame = (one: Concerned | null, other: Concerned | null): boolean =>
  one === null ||
  other === null ||
  one.pids.some((pid) => other.pids.includes(pid)) ||
  one.inodes.some((inode) => other.inodes.includes(inode));
