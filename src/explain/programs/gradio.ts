import type { ProgramDetector } from '../program.ts';
import { byDependency } from '../program-match-project.ts';
import { byPython } from '../program-match.ts';

/** Gradio's reloading command, or a program of its project that is made with Gradio. */
export const gradio: ProgramDetector = {
  id: 'gradio',
  name: 'Gradio',
  kind: 'framework',
  detect: (facts) => byPython(facts, 'gradio') ?? byDependency(facts, ['python'], 'gradio'),
};
