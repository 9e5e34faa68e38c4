import type { ProgramDetector } from '../program.ts';
import { byMainClass } from '../program-match-java.ts';

/** The Kotlin compiler's daemon, which outlives the build. */
export const kotlinDaemon: ProgramDetector = {
  id: 'kotlin-daemon',
  name: 'Kotlin compile daemon',
  kind: 'tool',
  detect: (facts) => byMainClass(facts, 'KotlinCompileDaemon'),
};
