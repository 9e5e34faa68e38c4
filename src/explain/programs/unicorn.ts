import type { ProgramDetector } from '../program.ts';
import { byRuby, byTitle } from '../program-match.ts';

/** Unicorn, a Rack server: `unicorn master -c config.rb`. */
export const unicorn: ProgramDetector = {
  id: 'unicorn',
  name: 'Unicorn',
  kind: 'web-server',
  detect: (facts) => byTitle(facts, 'unicorn') ?? byRuby(facts, 'unicorn'),
};
