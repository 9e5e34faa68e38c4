import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Meilisearch. */
export const meilisearch: ProgramDetector = {
  id: 'meilisearch',
  name: 'Meilisearch',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'meilisearch'),
};
