import { openHost } from '../../src/host/open-host.ts';
import type { LiveContext, Pace } from '../../src/operations/operation.ts';
import { free, type FreeResult } from '../../src/operations/free.ts';
import type { FreeInput } from '../../src/operations/free.schema.ts';
import type { FreePlan, FreeReceipt } from '../../src/model/freeing.ts';

/** A clock that runs four times as fast: what waits for two seconds waits for half of one. */
export const quickPace: Pace = {
  elapsed: () => performance.now() * 4,
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms) / 4)),
};

/** This machine, in a hurry. */
export const liveContext = (): LiveContext => ({
  host: openHost(),
  signal: new AbortController().signal,
  now: Date.now,
  pace: quickPace,
});

/** The plan for one target; nothing is done. */
export const planFor = async (
  target: string,
  input: Omit<FreeInput, 'targets'> = {},
): Promise<FreePlan> => {
  const { plan } = await free(liveContext(), { targets: [target], ...input });
  if (plan === null) throw new Error('no plan was made');
  return plan;
};

/** Plans, agrees and carries out. */
export const freeNow = async (
  target: string,
  input: Omit<FreeInput, 'targets'> = {},
): Promise<FreeResult & { readonly plan: FreePlan; readonly receipt: FreeReceipt }> => {
  const { id } = await planFor(target, input);
  const result = await free(liveContext(), { targets: [target], ...input, confirm: id });
  if (result.plan === null || result.receipt === null) throw new Error('nothing was done');
  return { ...result, plan: result.plan, receipt: result.receipt };
};

/** Whether a process runs: a zombie does not. */
export const isAlive = (pid: number): boolean => {
  const process = openHost().process(pid, 'brief');
  return 'state' in process && !/[ZX]/.test(process.state);
};
