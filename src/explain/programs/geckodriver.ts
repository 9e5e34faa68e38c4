import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Firefox's WebDriver. */
export const geckodriver: ProgramDetector = {
  id: 'geckodriver',
  name: 'geckodriver',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'geckodriver'),
};
