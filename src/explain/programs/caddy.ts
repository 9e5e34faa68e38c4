import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Caddy. */
export const caddy: ProgramDetector = {
  id: 'caddy',
  name: 'Caddy',
  kind: 'web-server',
  detect: (facts) => byExecutable(facts, 'caddy'),
};
