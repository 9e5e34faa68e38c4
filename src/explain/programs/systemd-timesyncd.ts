import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** systemd's clock client. */
export const systemdTimesyncd: ProgramDetector = {
  id: 'systemd-timesyncd',
  name: 'systemd-timesyncd',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'systemd-timesyncd'),
};
