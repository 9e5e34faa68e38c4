import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** The Symfony CLI's local web server. */
export const symfony: ProgramDetector = {
  id: 'symfony',
  name: 'Symfony CLI',
  kind: 'dev-server',
  detect: (facts) =>
    /^(?:serve|server:start|local:server:start|local:run)$/.test(facts.command.words[0] ?? '')
      ? byExecutable(facts, 'symfony')
      : null,
};
