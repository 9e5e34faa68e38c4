import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Unbound, a resolver. */
export const unbound: ProgramDetector = {
  id: 'unbound',
  name: 'Unbound',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'unbound'),
};
