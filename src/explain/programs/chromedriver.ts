import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Chrome's WebDriver. */
export const chromedriver: ProgramDetector = {
  id: 'chromedriver',
  name: 'ChromeDriver',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'chromedriver'),
};
