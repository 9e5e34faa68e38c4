import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Cloudflare's `wrangler dev`; the worker itself runs in workerd. */
export const wrangler: ProgramDetector = {
  id: 'wrangler',
  name: 'Wrangler',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'wrangler'),
};
