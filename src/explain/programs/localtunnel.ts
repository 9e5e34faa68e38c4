import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** localtunnel's client, `lt`: what it names is on the internet. */
export const localtunnel: ProgramDetector = {
  id: 'localtunnel',
  name: 'localtunnel',
  kind: 'tunnel',
  detect: (facts) => byNpmTool(facts, 'localtunnel', ['lt']),
};
