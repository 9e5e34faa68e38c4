import type { ProgramDetector } from '../program.ts';
import { byMainClass } from '../program-match-java.ts';

/** Elasticsearch, by its main class or its module. */
export const elasticsearch: ProgramDetector = {
  id: 'elasticsearch',
  name: 'Elasticsearch',
  kind: 'database',
  detect: (facts) => byMainClass(facts, 'org.elasticsearch.'),
};
