import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** MongoDB's server and router. */
export const mongodb: ProgramDetector = {
  id: 'mongodb',
  name: 'MongoDB',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'mongod', 'mongos'),
};
