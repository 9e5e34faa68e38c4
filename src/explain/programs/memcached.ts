import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Memcached. */
export const memcached: ProgramDetector = {
  id: 'memcached',
  name: 'Memcached',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'memcached'),
};
