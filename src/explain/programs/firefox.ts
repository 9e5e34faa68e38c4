import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Firefox. */
export const firefox: ProgramDetector = {
  id: 'firefox',
  name: 'Firefox',
  kind: 'browser',
  detect: (facts) => byExecutable(facts, 'firefox', 'firefox-bin', 'firefox-esr'),
};
