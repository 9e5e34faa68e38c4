import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byTitle } from '../program-match.ts';

/** Angular's `ng serve`; the CLI titles its process with its arguments. */
export const angular: ProgramDetector = {
  id: 'angular',
  name: 'Angular CLI',
  kind: 'dev-server',
  detect: (facts) => byTitle(facts, 'ng ') ?? byNpmTool(facts, '@angular/cli', ['ng']),
};
