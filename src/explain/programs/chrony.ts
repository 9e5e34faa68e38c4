import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** chrony, the clock. */
export const chrony: ProgramDetector = {
  id: 'chrony',
  name: 'chrony',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'chronyd'),
};
