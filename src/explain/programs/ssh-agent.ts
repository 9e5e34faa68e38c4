import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** ssh-agent. */
export const sshAgent: ProgramDetector = {
  id: 'ssh-agent',
  name: 'ssh-agent',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'ssh-agent'),
};
