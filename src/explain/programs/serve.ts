import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Vercel's `serve`: static files. */
export const serve: ProgramDetector = {
  id: 'serve',
  name: 'serve',
  kind: 'web-server',
  detect: (facts) => byNpmTool(facts, 'serve'),
};
