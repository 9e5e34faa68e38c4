import type { ProgramDetector } from '../program.ts';
import { byExecutable, byPath } from '../program-match.ts';

/** Cursor: the editor, and its server on a remote machine. */
export const cursor: ProgramDetector = {
  id: 'cursor',
  name: 'Cursor',
  kind: 'editor',
  detect: (facts) =>
    byPath(facts, '/.cursor-server/') ??
    byPath(facts, '/Cursor.app/') ??
    byExecutable(facts, 'cursor'),
};
