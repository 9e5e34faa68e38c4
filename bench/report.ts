import { median, type Timing } from './measure.ts';

/** A goal: `measured` against `limit`, both in the unit that `what` names. */
export type Goal = { readonly what: string; readonly measured: number; readonly limit: number };

/** Prints one race as a table: median, spread, and the ratio of the first contender to each other. */
export const printRace = (title: string, timings: readonly Timing[]): void => {
  const ours = median(timings[0]?.times ?? []);
  console.log(`\n${title}`);
  for (const { name, times } of timings) {
    if (times.length === 0) {
      console.log(`  ${name.padEnd(28)} not measured: not installed, or it failed`);
      continue;
    }
    const middle = median(times);
    const spread = `${times[0]?.toFixed(1)}–${times.at(-1)?.toFixed(1)}`;
    const ratio = name === timings[0]?.name ? '' : `homeport is ${(ours / middle).toFixed(2)} ×`;
    console.log(
      `  ${name.padEnd(28)} ${middle.toFixed(1).padStart(9)} ms  (${spread})`.padEnd(64) + ratio,
    );
  }
};

/** Prints every goal with its verdict; returns how many are not met. */
export const printGoals = (goals: readonly Goal[]): number => {
  console.log('\nGoals');
  for (const { what, measured, limit } of goals) {
    const verdict = Number.isNaN(measured) ? 'not measured' : measured <= limit ? 'met' : 'NOT MET';
    console.log(`  ${what.padEnd(64)} ${measured.toFixed(2).padStart(8)} ≤ ${limit}  ${verdict}`);
  }
  return goals.filter(({ measured, limit }) => !(measured <= limit)).length;
};
