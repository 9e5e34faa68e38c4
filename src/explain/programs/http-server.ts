import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** The npm package http-server: static files. */
export const httpServer: ProgramDetector = {
  id: 'http-server',
  name: 'http-server',
  kind: 'web-server',
  detect: (facts) => byNpmTool(facts, 'http-server'),
};
