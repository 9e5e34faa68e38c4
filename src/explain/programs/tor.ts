import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Tor's SOCKS proxy and control port. */
export const tor: ProgramDetector = {
  id: 'tor',
  name: 'Tor',
  kind: 'proxy',
  detect: (facts) => byExecutable(facts, 'tor'),
};
