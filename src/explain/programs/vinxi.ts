import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Vinxi, under SolidStart and TanStack Start. */
export const vinxi: ProgramDetector = {
  id: 'vinxi',
  name: 'Vinxi',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'vinxi'),
};
