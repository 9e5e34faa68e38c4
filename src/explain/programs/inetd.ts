import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Internet super-servers: they listen for others. */
export const inetd: ProgramDetector = {
  id: 'inetd',
  name: 'inetd',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'inetd', 'xinetd'),
};
