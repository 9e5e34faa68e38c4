import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byOwnName } from '../program-match.ts';

/** Node-RED titles its process `node-red`, so the script is gone from the arguments. */
export const nodeRed: ProgramDetector = {
  id: 'node-red',
  name: 'Node-RED',
  kind: 'tool',
  detect: (facts) => byOwnName(facts, 'node-red') ?? byNpmTool(facts, 'node-red'),
};
