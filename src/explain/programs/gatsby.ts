import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Gatsby's `develop` and `serve`. */
export const gatsby: ProgramDetector = {
  id: 'gatsby',
  name: 'Gatsby',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'gatsby') ?? byNpmTool(facts, 'gatsby-cli', []),
};
