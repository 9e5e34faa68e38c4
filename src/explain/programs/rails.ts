import type { ProgramDetector } from '../program.ts';
import { byRuby, byTitle, dependsOn } from '../program-match.ts';

/** `rails server`, or Puma in a project that is made with Rails. */
export const rails: ProgramDetector = {
  id: 'rails',
  name: 'Rails',
  kind: 'dev-server',
  detect: (facts) => {
    const server = /^s(?:erver)?$/.test(facts.command.words[0] ?? '');
    const command = server ? byRuby(facts, 'rails') : null;
    const puma = dependsOn(facts, 'rails')
      ? (byTitle(facts, 'puma') ?? byRuby(facts, 'puma'))
      : null;
    return (
      command ??
      (puma && { evidence: [...puma.evidence, 'Gemfile depends on rails'], label: 'Rails on Puma' })
    );
  },
};
