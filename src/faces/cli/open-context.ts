import type { Host } from '../../host/host.ts';
import { openHost } from '../../host/open-host.ts';
import type { OperationContext } from '../../operations/operation.ts';
import { knownOr } from '../../model/known.ts';
import { textOf, type Invocation } from './invocation.ts';

/**
 * What the operations work with: this machine, or the snapshot that `--snapshot` names (`-`: stdin).
 * With a snapshot the clock stands at the moment it was taken, and this machine is not opened: it may
 * be one that Homeport can't read.
 */
export const openContext = async (
  invocation: Invocation,
  signal: AbortSignal = new AbortController().signal,
): Promise<OperationContext> => {
  const path = textOf(invocation, 'snapshot');
  if (path === null) return { host: await openThisMachine(), signal, now: Date.now };
  const { readSnapshotFile } = await import('../../host/snapshot.ts');
  const snapshot = await readSnapshotFile(path === '-' ? '/dev/stdin' : path);
  return { signal, now: () => Date.parse(snapshot.takenAt), snapshot };
};

const manySockets = 5_000;

const openThisMachine = async (): Promise<Host> => {
  const host = openHost();
  if (knownOr(host.socketsInUse(), 0) > manySockets) {
    const { keepHeapSmall } = await import('./small-heap.ts');
    await keepHeapSmall();
  }
  return host;
};
