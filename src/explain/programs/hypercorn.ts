import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** Hypercorn, an ASGI server. */
export const hypercorn: ProgramDetector = {
  id: 'hypercorn',
  name: 'Hypercorn',
  kind: 'web-server',
  detect: (facts) => byPython(facts, 'hypercorn'),
};
