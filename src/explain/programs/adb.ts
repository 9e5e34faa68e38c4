import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** adb's server, which the first `adb` starts and leaves. */
export const adb: ProgramDetector = {
  id: 'adb',
  name: 'Android Debug Bridge',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'adb'),
};
