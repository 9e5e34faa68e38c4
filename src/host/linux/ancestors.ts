import { readFileSync, readlinkSync } from 'node:fs';
import { parseStat } from './process-stat.ts';
import type { KernelRoot } from './root.ts';

/** Deeper than any chain of shells, multiplexers and services is. */
const most = 64;

/** The pids of this process's parent, its parent and so on, as far as they can be seen. */
export const ancestors = (root: KernelRoot): readonly number[] => {
  const found: number[] = [];
  let pid = parentOf(root, ownPid(root));
  while (pid > 0 && found.length < most) {
    found.push(pid);
    pid = parentOf(root, pid);
  }
  return found;
};

/** Our pid as that `/proc` counts them. */
const ownPid = (root: KernelRoot): string => {
  try {
    return readlinkSync(`${root.proc}/self`);
  } catch {
    return 'self';
  }
};

const parentOf = (root: KernelRoot, pid: number | string): number => {
  try {
    return parseStat(readFileSync(`${root.proc}/${pid}/stat`, 'utf8'))?.ppid ?? 0;
  } catch {
    return 0;
  }
};
