import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Prometheus. */
export const prometheus: ProgramDetector = {
  id: 'prometheus',
  name: 'Prometheus',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'prometheus'),
};
