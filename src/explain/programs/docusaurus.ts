import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Docusaurus, start and serve. */
export const docusaurus: ProgramDetector = {
  id: 'docusaurus',
  name: 'Docusaurus',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, '@docusaurus/core', ['docusaurus']),
};
