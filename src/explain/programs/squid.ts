import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Squid; its processes call themselves `(squid-1)`. */
export const squid: ProgramDetector = {
  id: 'squid',
  name: 'Squid',
  kind: 'proxy',
  detect: (facts) => byExecutable(facts, 'squid', '(squid-1)'),
};
