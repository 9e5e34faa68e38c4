import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** HashiCorp's Nomad. */
export const nomad: ProgramDetector = {
  id: 'nomad',
  name: 'Nomad',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'nomad'),
};
