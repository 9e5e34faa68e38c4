import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Jellyfin. */
export const jellyfin: ProgramDetector = {
  id: 'jellyfin',
  name: 'Jellyfin',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'jellyfin'),
};
