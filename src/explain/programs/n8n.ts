import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** n8n, workflow automation. */
export const n8n: ProgramDetector = {
  id: 'n8n',
  name: 'n8n',
  kind: 'tool',
  detect: (facts) => byNpmTool(facts, 'n8n'),
};
