import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** systemd's resolver, on 127.0.0.53. */
export const systemdResolved: ProgramDetector = {
  id: 'systemd-resolved',
  name: 'systemd-resolved',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'systemd-resolved'),
};
