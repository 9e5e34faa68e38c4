import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** `vercel dev`. */
export const vercel: ProgramDetector = {
  id: 'vercel',
  name: 'Vercel CLI',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'vercel', ['vercel', 'vc']),
};
