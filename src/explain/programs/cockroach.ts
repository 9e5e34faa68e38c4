import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** CockroachDB. */
export const cockroach: ProgramDetector = {
  id: 'cockroach',
  name: 'CockroachDB',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'cockroach'),
};
