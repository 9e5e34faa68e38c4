import { containerFromCgroup } from '../model/container-cgroup.ts';
import type { Container } from '../model/container.ts';
import { isKnown, knownOr } from '../model/known.ts';
import type { ContainerReference } from '../model/listener.ts';
import type { Process } from '../model/process.ts';
import type { Holder, Snapshot } from '../model/snapshot.ts';

/** A snapshot with the look-ups that every judgement needs. */
export type SnapshotIndex = {
  readonly snapshot: Snapshot;
  /** null: it had ended, or could not be seen. */
  readonly process: (pid: number) => Process | null;
  /** Empty: nobody that could be seen. */
  readonly holders: (inode: number) => readonly Holder[];
  /** The process first, then parent by parent as far as could be seen. */
  readonly chain: (pid: number) => readonly Process[];
  /** The container that a cgroup path belongs to; null: none. */
  readonly container: (cgroup: string | null) => Container | null;
};

/** Indexes a snapshot once; every look-up is then constant time. */
export const indexSnapshot = (snapshot: Snapshot): SnapshotIndex => {
  const processes = new Map(snapshot.processes.map((process) => [process.pid, process]));
  const process = (pid: number): Process | null => processes.get(pid) ?? null;
  return {
    snapshot,
    process,
    holders: (inode) => snapshot.holders[inode] ?? [],
    chain: (pid) => ancestry(pid, process),
    container: memoise((cgroup) => containerOf(cgroup, snapshot.containers)),
  };
};

/** The short form of a container that a listener carries. */
export const containerReference = (container: Container | null): ContainerReference | null => {
  if (container === null) return null;
  const compose = knownOr(container.compose, null);
  return {
    id: container.id,
    name: container.name,
    image: container.image,
    compose,
  };
};

const ancestry = (pid: number, find: (pid: number) => Process | null): readonly Process[] => {
  const chain: Process[] = [];
  const seen = new Set<number>();
  let next = find(pid);
  while (next !== null && !seen.has(next.pid)) {
    chain.push(next);
    seen.add(next.pid);
    next = next.ppid === 0 ? null : find(next.ppid);
  }
  return chain;
};

const containerOf = (cgroup: string | null, containers: readonly Container[]): Container | null => {
  const shape = cgroup === null ? null : containerFromCgroup(cgroup);
  if (shape === null) return null;
  const told = containers.find((container) => container.id.startsWith(shape.id));
  return told ?? unnamedContainer(shape);
};

const unnamedContainer = ({ id, engine }: Pick<Container, 'id' | 'engine'>): Container => {
  const untold = { unknown: 'denied', why: 'its engine was not asked or did not answer' } as const;
  return {
    id,
    engine,
    name: untold,
    image: untold,
    compose: untold,
    published: untold,
    addresses: untold,
    pid: untold,
  };
};

const memoise = <T>(compute: (key: string | null) => T): ((key: string | null) => T) => {
  const known = new Map<string | null, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
};

/** A process's cgroup path; null where it could not be read. */
export const cgroupOf = (process: Process): string | null =>
  isKnown(process.cgroup) ? process.cgroup : null;
