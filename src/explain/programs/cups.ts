import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** CUPS, printing. */
export const cups: ProgramDetector = {
  id: 'cups',
  name: 'CUPS',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'cupsd', 'cups-browsed'),
};
