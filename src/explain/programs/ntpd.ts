import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** ntpd, also NTPsec's and OpenBSD's. */
export const ntpd: ProgramDetector = {
  id: 'ntpd',
  name: 'NTP',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'ntpd', 'openntpd'),
};
