import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Gitea and Forgejo. */
export const gitea: ProgramDetector = {
  id: 'gitea',
  name: 'Gitea',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'gitea', 'forgejo'),
};
