import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** socat. */
export const socat: ProgramDetector = {
  id: 'socat',
  name: 'socat',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'socat', 'socat1'),
};
