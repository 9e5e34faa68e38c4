import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Samba's servers. */
export const samba: ProgramDetector = {
  id: 'samba',
  name: 'Samba',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'smbd', 'nmbd', 'winbindd'),
};
