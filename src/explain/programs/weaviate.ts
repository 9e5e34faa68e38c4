import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Weaviate, a vector database. */
export const weaviate: ProgramDetector = {
  id: 'weaviate',
  name: 'Weaviate',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'weaviate', 'weaviate-server'),
};
