import type { ProgramDetector } from '../program.ts';
import { byNpmTool, javaScriptRuntimes } from '../program-match-npm.ts';
import { byDependency } from '../program-match-project.ts';

/** Astro's dev and preview server, and the Node adapter's `dist/server/entry.mjs`. */
export const astro: ProgramDetector = {
  id: 'astro',
  name: 'Astro',
  kind: 'dev-server',
  detect: (facts) =>
    byNpmTool(facts, 'astro') ??
    (facts.command.script?.endsWith('dist/server/entry.mjs') === true
      ? byDependency(facts, javaScriptRuntimes, 'astro')
      : null),
};
