import type { FreeStep, Refusal, Restarter, StepVerb } from '../../model/freeing.ts';
import type { FreeingFacts, HeldBy } from './facts.ts';

/** How one holder is stopped. */
export type WayToStop = {
  readonly steps: readonly FreeStep[];
  /** Pids that end by these steps: no other way is looked for for them. */
  readonly ends: readonly number[];
  readonly restartedBy: Restarter | null;
  readonly left: readonly string[];
  /** Why not without `force`, beside what holds for every process that is signalled. */
  readonly refusals: readonly Refusal[];
};

/**
 * One way of stopping: one file in `ways/`, one exported const, file name = id. `plan` is pure and
 * answers null where it is not the way for this holder.
 */
export type StopWay = {
  readonly id: StepVerb;
  readonly plan: (holder: HeldBy, facts: FreeingFacts) => WayToStop | null;
};

/** A way of which only this is to be said. */
export const wayOf = (
  parts: Partial<WayToStop> & Pick<WayToStop, 'steps' | 'ends'>,
): WayToStop => ({ restartedBy: null, left: [], refusals: [], ...parts });

/** The verdict of this id about why a holder runs; null: it is not why. */
export const causeOf = ({ causes }: HeldBy, ...ids: readonly string[]) =>
  causes.find(({ id }) => ids.includes(id)) ?? null;
