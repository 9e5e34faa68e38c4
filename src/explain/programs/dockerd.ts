import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Docker's engine, and Docker Desktop's backend. */
export const dockerd: ProgramDetector = {
  id: 'dockerd',
  name: 'Docker engine',
  kind: 'container',
  detect: (facts) => byExecutable(facts, 'dockerd', 'com.docker.backend'),
};
