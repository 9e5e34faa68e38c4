import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** TensorBoard. */
export const tensorboard: ProgramDetector = {
  id: 'tensorboard',
  name: 'TensorBoard',
  kind: 'tool',
  detect: (facts) => byPython(facts, 'tensorboard'),
};
