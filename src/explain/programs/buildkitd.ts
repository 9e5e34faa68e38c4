import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Docker's builder. */
export const buildkitd: ProgramDetector = {
  id: 'buildkitd',
  name: 'BuildKit',
  kind: 'container',
  detect: (facts) => byExecutable(facts, 'buildkitd'),
};
