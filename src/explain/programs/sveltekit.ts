import type { ProgramDetector } from '../program.ts';
import { byNpmTool, javaScriptRuntimes } from '../program-match-npm.ts';
import { byDependency, dependency } from '../program-match-project.ts';

/** SvelteKit runs as Vite in development and as `node build` in production. */
export const sveltekit: ProgramDetector = {
  id: 'sveltekit',
  name: 'SvelteKit',
  kind: 'dev-server',
  detect: (facts) => {
    const vite = byNpmTool(facts, 'vite');
    const kit = vite && dependency(facts, '@sveltejs/kit');
    if (vite && kit) return { ...vite, evidence: [...vite.evidence, kit] };
    return /^(?:\.\/)?build(?:\/index\.js)?$/.test(facts.command.script ?? '')
      ? byDependency(facts, javaScriptRuntimes, '@sveltejs/kit')
      : null;
  },
};
