import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Remix's dev server and `remix-serve`. */
export const remix: ProgramDetector = {
  id: 'remix',
  name: 'Remix',
  kind: 'dev-server',
  detect: (facts) =>
    byNpmTool(facts, '@remix-run/dev', ['remix']) ??
    byNpmTool(facts, '@remix-run/serve', ['remix-serve']),
};
