import { namesUnix, parseFilter } from '../explain/filter.ts';
import { judgeProcesses } from '../explain/judgement.ts';
import { listenerKey } from '../explain/listener-key.ts';
import { judgeListeners } from '../explain/listeners.ts';
import { indexSnapshot } from '../explain/snapshot-index.ts';
import { snapshotSeries } from '../host/snapshot-series.ts';
import { invalidInput } from '../model/error.ts';
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
 * at once. Ends quietly when the context's signal aborts. Throws invalid input for a bad filter, or
 * for a snapshot.
 */
export async function* watchListeners(
  context: OperationContext,
  input: WatchListenersInput,
): AsyncGenerator<ListenerFrame, void, undefined> {
  if (context.snapshot !== undefined) {
    throw invalidInput('a snapshot never changes: it can’t be watched', 'leave the snapshot out');
  }
  const isWanted = parseFilter(input.filters ?? []);
  const unix = input.all === true || namesUnix(input.filters ?? []);
  const query = { ...watchQuery, unix };
  const look = snapshotSeries(context.host, query, context.signal, context.now);
  const isShown = (listener: Listener): boolean =>
    (unix || listener.transport !== 'unix') && isWanted(listener);
  let seen: Snapshot | null = null;
  let before: Prints | null = null;
  while (!context.signal.aborted) {
    const snapshot = await look();
    if (snapshot !== seen) {
      const { frame, prints } = frameOf(snapshot, before, isShown);
      if (before === null || hasNews(frame)) yield frame;
      seen = snapshot;
      before = prints;
    }
    await pause(input.intervalMs ?? defaultIntervalMs, context.signal);
  }
}

const watchQuery = {
  states: 'connected',
  otherNamespaces: true,
  holdersOf: 'listening',
} as const;

/** `listenerKey` → fingerprint. */
type Prints = ReadonlyMap<string, string>;

const frameOf = (
  snapshot: Snapshot,
  before: Prints | null,
  isShown: (listener: Listener) => boolean,
): { frame: ListenerFrame; prints: Prints } => {
  const judgement = judgeProcesses(indexSnapshot(snapshot));
  const listeners = judgeListeners(judgement).filter(isShown);
  const prints = new Map(listeners.map((one) => [listenerKey(one), fingerprint(one)]));
  const frame = {
    takenAt: snapshot.takenAt,
    listeners,
    ...changes(before ?? prints, prints),
    problems: [...snapshot.problems, ...judgement.problems],
  };
  return { frame, prints };
};

const changes = (was: Prints, is: Prints) => ({
  appeared: [...is.keys()].filter((key) => !was.has(key)),
  vanished: [...was.keys()].filter((key) => !is.has(key)),
  changed: [...is]
    .filter(([key, print]) => was.has(key) && was.get(key) !== print)
    .map(([key]) => key),
});

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
