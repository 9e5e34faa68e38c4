import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** LM Studio, with or without its window. */
export const lmStudio: ProgramDetector = {
  id: 'lm-studio',
  name: 'LM Studio',
  kind: 'ai',
  detect: (facts) => byExecutable(facts, 'lm-studio', 'lmstudio', 'lms', 'llmster'),
};
