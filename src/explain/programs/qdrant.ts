import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Qdrant, a vector database. */
export const qdrant: ProgramDetector = {
  id: 'qdrant',
  name: 'Qdrant',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'qdrant'),
};
