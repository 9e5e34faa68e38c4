import { listenerKey } from '../../../explain/listener-key.ts';
import type { Listener } from '../../../model/listener.ts';
import type { Mark } from '../render/list-view.ts';

/** What a watch shows: the listeners of now, and those that came or went lately. */
export type Marked = {
  /** Those of now, and those that went and are still shown. */
  readonly listeners: readonly Listener[];
  /** Key → its mark. */
  readonly marks: ReadonlyMap<string, Mark>;
};

/** What is remembered between two frames; times in ms since the epoch. */
export type WatchState = {
  readonly current: readonly Listener[];
  readonly came: ReadonlyMap<string, number>;
  readonly went: ReadonlyMap<string, { readonly listener: Listener; readonly at: number }>;
};

/** Before the first frame: nothing is shown and nothing is marked. */
export const emptyWatch: WatchState = { current: [], came: new Map(), went: new Map() };

/** How long a mark stays. */
export const markMs = 6_000;

/** Takes a frame over: marks what came and keeps what went for a while. */
export const takeFrame = (
  state: WatchState,
  frame: {
    readonly listeners: readonly Listener[];
    readonly appeared: readonly string[];
    readonly vanished: readonly string[];
  },
  now: number,
): WatchState => {
  const before = new Map(state.current.map((listener) => [listenerKey(listener), listener]));
  const came = new Map(state.came);
  const went = new Map(state.went);
  for (const key of frame.vanished) {
    const listener = before.get(key);
    came.delete(key);
    if (listener !== undefined) went.set(key, { listener, at: now });
  }
  for (const key of frame.appeared) {
    came.set(key, now);
    went.delete(key);
  }
  return { current: frame.listeners, came, went };
};

/** What to show at a moment: marks that are old are gone. */
export const shownAt = (state: WatchState, now: number): Marked => {
  const went = [...state.went].filter(([, { at }]) => now - at < markMs);
  const came = [...state.came].filter(([, at]) => now - at < markMs);
  return {
    listeners: [...state.current, ...went.map(([, { listener }]) => listener)],
    marks: new Map<string, Mark>([
      ...came.map(([key]) => [key, 'came'] as const),
      ...went.map(([key]) => [key, 'went'] as const),
    ]),
  };
};
