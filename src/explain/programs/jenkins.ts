import type { ProgramDetector } from '../program.ts';
import { byJar } from '../program-match-java.ts';

/** Jenkins. */
export const jenkins: ProgramDetector = {
  id: 'jenkins',
  name: 'Jenkins',
  kind: 'tool',
  detect: (facts) => byJar(facts, 'jenkins'),
};
