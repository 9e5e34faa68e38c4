import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Vitest, which listens for its UI, its API and its browser mode. */
export const vitest: ProgramDetector = {
  id: 'vitest',
  name: 'Vitest',
  kind: 'tool',
  detect: (facts) => byNpmTool(facts, 'vitest'),
};
