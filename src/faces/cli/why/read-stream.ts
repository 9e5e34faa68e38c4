import { setTimeout as sleep } from 'node:timers/promises';
import { createByteTail, type ByteTail } from './byte-tail.ts';

/** Of any text no more than its end is read: 1 MB, 2^20 bytes. */
export const mostBytes = 1024 * 1024;

/** What was read of a stream. */
export type StreamReading = {
  readonly text: string;
  /** Whether the stream is at its end; else its writer goes on. */
  readonly ended: boolean;
  /** A sentence each. */
  readonly notes: readonly string[];
  /**
   * Reads the rest and drops it, so that the writer is not ended by SIGPIPE. Resolves at the end of
   * the stream; never rejects.
   */
  readonly drain: () => Promise<void>;
};

/** What a reading of a stream depends on. */
export type StreamOptions = {
  /** What the notes call it: `standard input`. */
  readonly name: string;
  /** Whether a text tells of a failure. Asked once a second at most. */
  readonly readsFailure: (text: string) => boolean;
  /** Called once where nothing came for a second and no failure has been read yet. */
  readonly onWaiting?: () => void;
  readonly clock?: Clock;
};

/** Milliseconds now, and the wait for some; a wait ends early, resolved or rejected, with its signal. */
export type Clock = {
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal, ref: true }),
};

/** So long nothing more must come after a failure: then it has been told. */
const quietMs = 1000;

/** So long after a failure a writer that is never quiet is waited for. */
const mostMs = 5000;

/** And so long one that floods: it may be a file that is copied here, whose end counts. */
const mostFloodMs = 10_000;

/**
 * Reads a stream to its end and keeps its last megabyte. Where the writer goes on (a dev server that
 * stays up after an error) the text counts as told once it holds a failure and nothing came for a
 * second, or five seconds after the failure, or ten where more than a megabyte came since: then
 * `ended` is false. Rejects as the stream does.
 */
export const readStream = async (
  source: AsyncIterable<Uint8Array>,
  { name, readsFailure, onWaiting, clock = systemClock }: StreamOptions,
): Promise<StreamReading> => {
  const tail = createByteTail(mostBytes);
  const failure = watchForFailure(tail, readsFailure, clock);
  const iterator = source[Symbol.asyncIterator]();
  let isWaitingSaid = false;
  for (;;) {
    const next = iterator.next();
    if (await isQuiet(next, clock)) {
      if (failure.isThere()) return readingOf(name, tail, { next, iterator });
      if (!isWaitingSaid) onWaiting?.();
      isWaitingSaid = true;
    }
    const step = await next;
    if (step.done === true) return readingOf(name, tail, null);
    tail.add(step.value);
    if (failure.isOld()) return readingOf(name, tail, { next: iterator.next(), iterator });
  }
};

/** What is still to come. */
type Rest = {
  readonly next: Promise<IteratorResult<Uint8Array>>;
  readonly iterator: AsyncIterator<Uint8Array>;
};

const readingOf = (name: string, tail: ByteTail, rest: Rest | null): StreamReading => {
  // A stream that fails later has told all that counts.
  rest?.next.catch(() => {});
  return {
    text: tail.text(),
    ended: rest === null,
    notes: [
      ...(tail.isCut() ? [lastMegabyte(name)] : []),
      ...(rest === null ? [] : [`${name} goes on: this is what had come until now`]),
    ],
    drain: rest === null ? async () => {} : () => drain(rest),
  };
};

/** The note on a text whose start was left out. */
export const lastMegabyte = (name: string): string => `only the last 1 MB of ${name} was read`;

const drain = async ({ next, iterator }: Rest): Promise<void> => {
  try {
    for (let step = await next; step.done !== true;) step = await iterator.next();
  } catch {
    // It broke off: that is an end as well.
  }
};

/** Whether a second passes before the promise settles. */
const isQuiet = async (next: Promise<unknown>, clock: Clock): Promise<boolean> => {
  const stop = new AbortController();
  const settled = next.then(
    () => false,
    () => false,
  );
  const passed = clock.sleep(quietMs, stop.signal).then(
    () => true,
    () => false,
  );
  const quiet = await Promise.race([settled, passed]);
  stop.abort();
  return quiet;
};

type FailureWatch = {
  /** Whether what was read tells of a failure. */
  readonly isThere: () => boolean;
  /** Whether it has done so for longer than its writer is waited for. */
  readonly isOld: () => boolean;
};

const watchForFailure = (
  tail: ByteTail,
  readsFailure: StreamOptions['readsFailure'],
  clock: Clock,
): FailureWatch => {
  let asked = { at: clock.now(), total: 0, answer: false };
  let told: { readonly at: number; readonly total: number } | null = null;
  const isThere = (): boolean => {
    if (asked.total === tail.total()) return asked.answer;
    const now = { at: clock.now(), total: tail.total() };
    asked = { ...now, answer: readsFailure(tail.text()) };
    told = asked.answer ? (told ?? now) : null;
    return asked.answer;
  };
  const isPast = ({ at, total }: { readonly at: number; readonly total: number }): boolean =>
    clock.now() - at >= (tail.total() - total > mostBytes ? mostFloodMs : mostMs);
  return {
    isThere,
    isOld: () => {
      if (clock.now() - asked.at < quietMs) return false;
      return isThere() && told !== null && isPast(told);
    },
  };
};
