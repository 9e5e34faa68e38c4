import type { ProgramDetector } from '../program.ts';
import { dependency } from '../program-match-project.ts';
import { byRuby, byTitle } from '../program-match.ts';

/** `rails server`, or Puma in a project that is made with Rails. */
export const rails: ProgramDetector = {
  id: 'rails',
  name: 'Rails',
  kind: 'dev-server',
  detect: (facts) => {
    const { runtime, words } = facts.command;
    if (runtime !== 'ruby') return null;
    if (/^s(?:erver)?$/.test(words[0] ?? '')) return byRuby(facts, 'rails');
    const puma = byTitle(facts, 'puma') ?? byRuby(facts, 'puma');
    const depends = puma && dependency(facts, 'rails');
    return puma && depends
      ? { evidence: [...puma.evidence, depends], label: 'Rails on Puma' }
      : null;
  },
};
