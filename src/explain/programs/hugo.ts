import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Hugo. */
export const hugo: ProgramDetector = {
  id: 'hugo',
  name: 'Hugo',
  kind: 'dev-server',
  detect: (facts) => byExecutable(facts, 'hugo'),
};
