import type { ProgramDetector } from '../program.ts';
import { byMainClass } from '../program-match-java.ts';

/** Cassandra. */
export const cassandra: ProgramDetector = {
  id: 'cassandra',
  name: 'Apache Cassandra',
  kind: 'database',
  detect: (facts) => byMainClass(facts, 'CassandraDaemon'),
};
