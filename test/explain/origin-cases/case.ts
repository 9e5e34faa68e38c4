import type { OriginFacts } from '../../../src/explain/origin.ts';
import type { Link } from '../origin-facts.ts';

/** What one detector says of some facts: its id, label, `restarts` and `at`. */
export type Case = readonly [
  id: string,
  label: string,
  restarts: boolean | null,
  at: number,
  facts: OriginFacts,
];

export const node: Link = { run: 'node server.js' };
export const bash: Link = { run: '-bash', tty: 34816 };
