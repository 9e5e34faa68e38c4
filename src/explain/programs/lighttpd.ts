import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** lighttpd. */
export const lighttpd: ProgramDetector = {
  id: 'lighttpd',
  name: 'lighttpd',
  kind: 'web-server',
  detect: (facts) => byExecutable(facts, 'lighttpd'),
};
