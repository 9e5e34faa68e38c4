import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** systemd's journal. */
export const systemdJournald: ProgramDetector = {
  id: 'systemd-journald',
  name: 'systemd-journald',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'systemd-journald'),
};
