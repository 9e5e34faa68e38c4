import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Homeport itself. */
export const homeport: ProgramDetector = {
  id: 'homeport',
  name: 'Homeport',
  kind: 'tool',
  detect: (facts) =>
    facts.command.script?.endsWith('/bin/homeport.js') === true
      ? { evidence: [`script ${facts.command.script}`] }
      : byNpmTool(facts, 'homeport'),
};
