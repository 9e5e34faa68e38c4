import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** rqlite: replicated SQLite. */
export const rqlite: ProgramDetector = {
  id: 'rqlite',
  name: 'rqlite',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'rqlited'),
};
