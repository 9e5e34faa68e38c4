import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Docker's command: what it starts runs elsewhere, whatever its arguments name. */
export const dockerCli: ProgramDetector = {
  id: 'docker-cli',
  name: 'Docker CLI',
  kind: 'container',
  detect: (facts) => byExecutable(facts, 'docker', 'docker-compose'),
};
