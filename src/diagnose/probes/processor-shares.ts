import type { Host } from '../../host/host.ts';
import { isKnown } from '../../model/known.ts';
import type { Process } from '../../model/process.ts';
import { pause } from '../pause.ts';

/** How long processes are watched, in ms: ten ticks of the kernel's clock (`CLK_TCK` is 100). */
export const watchMs = 100;

/**
 * Watches processes for `watchMs` and tells the share of one core that each used, in 0–1 for each
 * thread of it that ran. One that ended or changed hands meanwhile is left out. `now` in ms.
 */
export const processorShares = async (
  read: Host['process'],
  processes: readonly Process[],
  now: () => number,
  signal: AbortSignal,
): Promise<Readonly<Record<number, number>>> => {
  const watched = processes.flatMap(({ pid }) => known(read(pid, 'brief')));
  if (watched.length === 0) return {};
  const started = now();
  await pause(watchMs, signal);
  const shares: Record<number, number> = {};
  for (const before of watched) {
    const [after] = known(read(before.pid, 'brief'));
    if (after?.startTicks !== before.startTicks) continue;
    shares[before.pid] = (after.cpuMs - before.cpuMs) / Math.max(1, now() - started);
  }
  return shares;
};

const known = (process: ReturnType<Host['process']>): readonly Process[] =>
  isKnown(process) ? [process] : [];
