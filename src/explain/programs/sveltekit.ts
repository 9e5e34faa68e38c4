import type { ProgramDetector } from '../program.ts';
import { byDependency, byNpmTool, dependsOn, javaScriptRuntimes } from '../program-match.ts';

/** SvelteKit runs as Vite in development and as `node build` in production. */
export const sveltekit: ProgramDetector = {
  id: 'sveltekit',
  name: 'SvelteKit',
  kind: 'dev-server',
  detect: (facts) => {
    const vite = dependsOn(facts, '@sveltejs/kit') ? byNpmTool(facts, 'vite') : null;
    if (vite !== null) {
      return { ...vite, evidence: [...vite.evidence, 'package.json depends on @sveltejs/kit'] };
    }
    return /^(?:\.\/)?build(?:\/index\.js)?$/.test(facts.command.script ?? '')
      ? byDependency(facts, javaScriptRuntimes, '@sveltejs/kit')
      : null;
  },
};
