import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** BIND's name server. */
export const bind: ProgramDetector = {
  id: 'bind',
  name: 'BIND',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'named'),
};
