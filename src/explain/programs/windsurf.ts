import type { ProgramDetector } from '../program.ts';
import { byExecutable, byPath } from '../program-match.ts';

/** Windsurf: the editor, and its server on a remote machine. */
export const windsurf: ProgramDetector = {
  id: 'windsurf',
  name: 'Windsurf',
  kind: 'editor',
  detect: (facts) => byPath(facts, '/.windsurf-server/') ?? byExecutable(facts, 'windsurf'),
};
