import { namesUnix, parseFilter } from '../explain/filter.ts';
import { judgeProcesses } from '../explain/judgement.ts';
import { listenerKey } from '../explain/listener-key.ts';
import { judgeListeners } from '../explain/listeners.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import { snapshotSeries } from '../host/snapshot-series.ts';
import { knownOr } from '../model/known.ts';
import type { Listener } from '../model/listener.ts';
import type { Problem } from '../model/problem.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { OperationContext } from './operation.ts';
import type { WatchListenersInput } from './watch-listeners.schema.ts';

/** One look, and what changed since the one before. */
export type ListenerFrame = {
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly listeners: readonly Listener[];
  /** Keys (`listenerKey`) of what came; empty in the first frame. */
  readonly appeared: readonly string[];
  /** What went. */
  readonly vanished: readonly string[];
  /** Keys of what stayed and is not what it was: another owner, other connections. */
  readonly changed: readonly string[];
  readonly problems: readonly Problem[];
};

const defaultIntervalMs = 1_000;

/**
 * Looks at an interval and yields a frame whenever something came, went or changed; the first frame
 * at once. Ends quietly when the context's signal aborts. Throws invalid input for a bad filter.
 */
export async function* watchListeners(
  context: OperationContext,
  input: WatchListenersInput,
): AsyncGenerator<ListenerFrame, void, undefined> {
  const isWanted = parseFilter(input.filters ?? []);
  const unix = input.all === true || namesUnix(input.filters ?? []);
  const query = { ...watchQuery, unix };
  const look = snapshotSeries(context.host, query, context.signal, context.now);
  let before: ListenerFrame | null = null;
  while (!context.signal.aborted) {
    const frame = frameOf(
      await look(),
      before,
      (listener) => (unix || listener.transport !== 'unix') && isWanted(listener),
    );
    if (before === null || hasNews(frame)) yield frame;
    before = frame;
    await pause(input.intervalMs ?? defaultIntervalMs, context.signal);
  }
}

const watchQuery = {
  states: 'connected',
  otherNamespaces: true,
  holdersOf: 'listening',
} as const;

const frameOf = (
  snapshot: Snapshot,
  before: ListenerFrame | null,
  isWanted: (listener: Listener) => boolean,
): ListenerFrame => {
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  const listeners = judgeListeners(judgement).filter(isWanted);
  return {
    takenAt: snapshot.takenAt,
    listeners,
    ...changes(before?.listeners ?? null, listeners),
    problems: [...snapshot.problems, ...judgement.problems],
  };
};

const changes = (before: readonly Listener[] | null, now: readonly Listener[]) => {
  if (before === null) return { appeared: [], vanished: [], changed: [] };
  const was = new Map(before.map((listener) => [listenerKey(listener), fingerprint(listener)]));
  const is = new Map(now.map((listener) => [listenerKey(listener), fingerprint(listener)]));
  return {
    appeared: [...is.keys()].filter((key) => !was.has(key)),
    vanished: [...was.keys()].filter((key) => !is.has(key)),
    changed: [...is]
      .filter(([key, print]) => was.has(key) && was.get(key) !== print)
      .map(([key]) => key),
  };
};

/** What a person would call a change: who holds it, and who is connected. */
const fingerprint = (listener: Listener): string => {
  const owners = knownOr(listener.owners, []).map(({ pid, role }) => `${pid} ${role}`);
  return `${owners.join()} ${listener.connectionCount} ${listener.queue?.length ?? ''}`;
};

const hasNews = ({ appeared, vanished, changed }: ListenerFrame): boolean =>
  appeared.length + vanished.length + changed.length > 0;

const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  const { setTimeout: wait } = await import('node:timers/promises');
  try {
    await wait(ms, undefined, { signal });
  } catch {
    // Aborted: the caller asks the signal.
  }
};
