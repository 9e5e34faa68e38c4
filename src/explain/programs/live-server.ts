import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** live-server: static files with reload. */
export const liveServer: ProgramDetector = {
  id: 'live-server',
  name: 'live-server',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'live-server'),
};
