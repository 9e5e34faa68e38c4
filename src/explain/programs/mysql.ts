import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** MySQL. */
export const mysql: ProgramDetector = {
  id: 'mysql',
  name: 'MySQL',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'mysqld', 'mysqlrouter'),
};
