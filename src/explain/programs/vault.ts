import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** HashiCorp's Vault, and OpenBao, its fork. */
export const vault: ProgramDetector = {
  id: 'vault',
  name: 'Vault',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'vault', 'bao'),
};
