import type { ProgramDetector } from '../program.ts';
import { byMainClass } from '../program-match-java.ts';

/** OpenSearch. */
export const opensearch: ProgramDetector = {
  id: 'opensearch',
  name: 'OpenSearch',
  kind: 'database',
  detect: (facts) => byMainClass(facts, 'org.opensearch.'),
};
