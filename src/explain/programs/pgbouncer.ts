import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** PgBouncer, a connection pool before PostgreSQL. */
export const pgbouncer: ProgramDetector = {
  id: 'pgbouncer',
  name: 'PgBouncer',
  kind: 'proxy',
  detect: (facts) => byExecutable(facts, 'pgbouncer'),
};
