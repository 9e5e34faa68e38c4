import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** sqld: SQLite over the network, also `turso dev`'s server. */
export const sqld: ProgramDetector = {
  id: 'sqld',
  name: 'libSQL server',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'sqld'),
};
