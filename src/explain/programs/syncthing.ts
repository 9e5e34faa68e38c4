import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Syncthing. */
export const syncthing: ProgramDetector = {
  id: 'syncthing',
  name: 'Syncthing',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'syncthing'),
};
