import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** Datasette: SQLite files over HTTP. */
export const datasette: ProgramDetector = {
  id: 'datasette',
  name: 'Datasette',
  kind: 'database',
  detect: (facts) => byPython(facts, 'datasette'),
};
