import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Traefik. */
export const traefik: ProgramDetector = {
  id: 'traefik',
  name: 'Traefik',
  kind: 'proxy',
  detect: (facts) => byExecutable(facts, 'traefik'),
};
