import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** SurrealDB. */
export const surrealdb: ProgramDetector = {
  id: 'surrealdb',
  name: 'SurrealDB',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'surreal'),
};
