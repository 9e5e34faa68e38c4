import type { ProgramDetector } from '../program.ts';
import { byRuby } from '../program-match.ts';

/** rackup, Rack's own command. */
export const rackup: ProgramDetector = {
  id: 'rackup',
  name: 'rackup',
  kind: 'web-server',
  detect: (facts) => byRuby(facts, 'rackup'),
};
