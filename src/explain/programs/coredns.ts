import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** CoreDNS. */
export const coredns: ProgramDetector = {
  id: 'coredns',
  name: 'CoreDNS',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'coredns'),
};
