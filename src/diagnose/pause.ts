import { within } from './within.ts';

/** Resolves after `ms`; rejects with the signal's reason as soon as that aborts. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await within(ms, signal, () => new Promise<never>(() => {}));
};
