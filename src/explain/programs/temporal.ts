import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Temporal's development server. */
export const temporal: ProgramDetector = {
  id: 'temporal',
  name: 'Temporal',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'temporal', 'temporal-server'),
};
