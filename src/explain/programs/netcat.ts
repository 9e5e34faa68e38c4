import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** netcat in its variants. */
export const netcat: ProgramDetector = {
  id: 'netcat',
  name: 'netcat',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'nc', 'ncat', 'netcat', 'nc.openbsd', 'nc.traditional'),
};
