import type { ProgramDetector } from '../program.ts';
import { byRuby, byTitle, versionAfter } from '../program-match.ts';

/**
 * Puma titles itself `puma 6.4.0 (tcp://127.0.0.1:9292) [app]`, its workers `puma: cluster worker
 * 0: 812 [app]`.
 */
export const puma: ProgramDetector = {
  id: 'puma',
  name: 'Puma',
  kind: 'web-server',
  detect: (facts) => {
    const titled = byTitle(facts, 'puma');
    return titled === null
      ? byRuby(facts, 'puma')
      : { ...titled, ...versionAfter(facts.command.title, 'puma ') };
  },
};
