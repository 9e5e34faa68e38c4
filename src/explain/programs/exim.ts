import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Exim, Debian's mail server. */
export const exim: ProgramDetector = {
  id: 'exim',
  name: 'Exim',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'exim4', 'exim'),
};
