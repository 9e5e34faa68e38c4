import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** GnuPG's agents. */
export const gpgAgent: ProgramDetector = {
  id: 'gpg-agent',
  name: 'GnuPG agents',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'gpg-agent', 'dirmngr', 'scdaemon', 'keyboxd'),
};
