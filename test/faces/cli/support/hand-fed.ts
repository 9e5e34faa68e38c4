import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../../src/faces/cli/why/read-stream.ts';

/** A stream that a test feeds, and what its reader has taken. */
export const handFed = () => {
  const queue: IteratorResult<Uint8Array>[] = [];
  let waiting: PromiseWithResolvers<IteratorResult<Uint8Array>> | null = null;
  const seen = { taken: 0 };
  const give = async (result: IteratorResult<Uint8Array>): Promise<void> => {
    if (waiting === null) queue.push(result);
    else waiting.resolve(result);
    waiting = null;
    await turn();
  };
  const next = (): Promise<IteratorResult<Uint8Array>> => {
    seen.taken += 1;
    const ready = queue.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    waiting = Promise.withResolvers();
    return waiting.promise;
  };
  return {
    source: { [Symbol.asyncIterator]: () => ({ next }) },
    seen,
    write: (text: string | Uint8Array) => give({ done: false, value: Buffer.from(text) }),
    end: () => give({ done: true, value: undefined }),
    fail: async (error: Error) => {
      waiting?.reject(error);
      waiting = null;
      await turn();
    },
  };
};

/** A clock that stands still until a test moves it. */
export const handClock = () => {
  let now = 0;
  let waits: { readonly until: number; readonly resolve: (value?: unknown) => void }[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: (ms) => new Promise((resolve) => waits.push({ until: now + ms, resolve })),
  };
  const advance = async (ms: number): Promise<void> => {
    now += ms;
    const due = waits.filter(({ until }) => until <= now);
    waits = waits.filter(({ until }) => until > now);
    for (const { resolve } of due) resolve();
    await turn();
  };
  return { clock, advance };
};
