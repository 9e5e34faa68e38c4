import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** `mkdocs serve`. */
export const mkdocs: ProgramDetector = {
  id: 'mkdocs',
  name: 'MkDocs',
  kind: 'dev-server',
  detect: (facts) => byPython(facts, 'mkdocs'),
};
