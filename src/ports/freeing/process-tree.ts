import type { Process } from '../../model/process.ts';

/** Every process below `pid`, children before grandchildren. A pid that was reused is no child: it is older. */
export const descendantsOf = (pid: number, processes: readonly Process[]): readonly Process[] => {
  const children = Map.groupBy(processes, ({ ppid }) => ppid);
  const top = processes.find((process) => process.pid === pid);
  const found: Process[] = [];
  const waiting = [top];
  const seen = new Set<number>([pid]);
  for (const parent of waiting) {
    if (parent === undefined) continue;
    for (const child of children.get(parent.pid) ?? []) {
      if (seen.has(child.pid) || child.startTicks < parent.startTicks) continue;
      seen.add(child.pid);
      found.push(child);
      waiting.push(child);
    }
  }
  return found;
};

/** A process of the list; null: it is not there. */
export const processOf = (pid: number, processes: readonly Process[]): Process | null =>
  processes.find((process) => process.pid === pid) ?? null;
