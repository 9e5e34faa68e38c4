import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Browsersync: a reloading proxy or file server. */
export const browserSync: ProgramDetector = {
  id: 'browser-sync',
  name: 'Browsersync',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'browser-sync'),
};
