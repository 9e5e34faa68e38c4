import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Zed. */
export const zed: ProgramDetector = {
  id: 'zed',
  name: 'Zed',
  kind: 'editor',
  detect: (facts) => byExecutable(facts, 'zed', 'zed-editor'),
};
