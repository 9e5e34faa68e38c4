import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Eleventy's `--serve`. */
export const eleventy: ProgramDetector = {
  id: 'eleventy',
  name: 'Eleventy',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, '@11ty/eleventy', ['eleventy']),
};
