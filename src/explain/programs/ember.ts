import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byOwnName } from '../program-match.ts';

/** Ember's CLI titles its process `ember`, so the script is gone from the arguments. */
export const ember: ProgramDetector = {
  id: 'ember',
  name: 'Ember CLI',
  kind: 'dev-server',
  detect: (facts) => byOwnName(facts, 'ember') ?? byNpmTool(facts, 'ember-cli', ['ember']),
};
