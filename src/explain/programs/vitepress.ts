import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** VitePress, dev and preview. */
export const vitepress: ProgramDetector = {
  id: 'vitepress',
  name: 'VitePress',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'vitepress'),
};
