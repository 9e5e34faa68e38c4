import type { ProgramDetector } from '../program.ts';
import { byRuby } from '../program-match.ts';

/** `jekyll serve`. */
export const jekyll: ProgramDetector = {
  id: 'jekyll',
  name: 'Jekyll',
  kind: 'dev-server',
  detect: (facts) => byRuby(facts, 'jekyll'),
};
