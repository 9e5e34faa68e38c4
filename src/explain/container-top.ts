import type { OriginFacts } from './origin.ts';
import { cgroupOf } from './origin-match.ts';

/** Index of the topmost process of the chain whose cgroup names the container: its entrypoint; else 0. */
export const containerTop = (facts: OriginFacts, id: string): number => {
  if (id === '') return 0;
  const at = facts.chain.findLastIndex(({ process }) => cgroupOf(process)?.includes(id) === true);
  return Math.max(at, 0);
};
