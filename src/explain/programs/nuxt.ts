import type { ProgramDetector } from '../program.ts';
import { byNpmTool, javaScriptRuntimes } from '../program-match-npm.ts';
import { byDependency } from '../program-match-project.ts';

/** Nuxt: its CLI in development, Nitro's `.output/server/index.mjs` in production. */
export const nuxt: ProgramDetector = {
  id: 'nuxt',
  name: 'Nuxt',
  kind: 'dev-server',
  detect: (facts) =>
    byNpmTool(facts, 'nuxt', ['nuxt', 'nuxi']) ??
    byNpmTool(facts, '@nuxt/cli', []) ??
    byNpmTool(facts, 'nuxi', []) ??
    (facts.command.script?.endsWith('.output/server/index.mjs') === true
      ? byDependency(facts, javaScriptRuntimes, 'nuxt')
      : null),
};
