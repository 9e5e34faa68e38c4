import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Playwright: its test runner's reports, its servers, its trace viewer. */
export const playwright: ProgramDetector = {
  id: 'playwright',
  name: 'Playwright',
  kind: 'tool',
  detect: (facts) => byNpmTool(facts, 'playwright'),
};
