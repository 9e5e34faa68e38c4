import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** snapd. */
export const snapd: ProgramDetector = {
  id: 'snapd',
  name: 'snapd',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'snapd'),
};
