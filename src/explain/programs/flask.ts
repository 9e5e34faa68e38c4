import type { ProgramDetector } from '../program.ts';
import { byDependency } from '../program-match-project.ts';
import { byPython } from '../program-match.ts';

/** `flask run`, or a Python program of its project that is made with Flask. */
export const flask: ProgramDetector = {
  id: 'flask',
  name: 'Flask',
  kind: 'dev-server',
  detect: (facts) =>
    byPython(facts, 'flask') ??
    byDependency(facts, ['python'], 'flask') ??
    byDependency(facts, ['python'], 'Flask'),
};
