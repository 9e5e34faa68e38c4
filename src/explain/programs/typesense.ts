import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Typesense. */
export const typesense: ProgramDetector = {
  id: 'typesense',
  name: 'Typesense',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'typesense-server'),
};
