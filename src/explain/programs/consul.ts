import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** HashiCorp's Consul. */
export const consul: ProgramDetector = {
  id: 'consul',
  name: 'Consul',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'consul'),
};
