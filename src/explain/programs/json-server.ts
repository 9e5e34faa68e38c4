import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** json-server: a REST mock out of a JSON file. */
export const jsonServer: ProgramDetector = {
  id: 'json-server',
  name: 'json-server',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'json-server'),
};
