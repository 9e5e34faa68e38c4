import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Meta's file watcher. */
export const watchman: ProgramDetector = {
  id: 'watchman',
  name: 'Watchman',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'watchman'),
};
