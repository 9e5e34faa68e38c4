import type { ProgramDetector } from '../program.ts';
import { byMainClass } from '../program-match-java.ts';

/** Neo4j. */
export const neo4j: ProgramDetector = {
  id: 'neo4j',
  name: 'Neo4j',
  kind: 'database',
  detect: (facts) => byMainClass(facts, 'neo4j.server.'),
};
