import type { ProgramDetector } from '../program.ts';
import { byJar, byMainClass } from '../program-match-java.ts';

/** Selenium's server or grid. */
export const selenium: ProgramDetector = {
  id: 'selenium',
  name: 'Selenium',
  kind: 'tool',
  detect: (facts) => byJar(facts, 'selenium-server') ?? byMainClass(facts, 'org.openqa.grid.'),
};
