import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** HAProxy. */
export const haproxy: ProgramDetector = {
  id: 'haproxy',
  name: 'HAProxy',
  kind: 'proxy',
  detect: (facts) => byExecutable(facts, 'haproxy'),
};
