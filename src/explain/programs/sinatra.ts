import type { ProgramDetector } from '../program.ts';
import { byDependency } from '../program-match-project.ts';

/** A Ruby program of its project that is made with Sinatra. */
export const sinatra: ProgramDetector = {
  id: 'sinatra',
  name: 'Sinatra',
  kind: 'framework',
  detect: (facts) => byDependency(facts, ['ruby'], 'sinatra'),
};
