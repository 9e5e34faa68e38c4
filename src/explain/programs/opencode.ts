import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byExecutable } from '../program-match.ts';

/** OpenCode, a coding agent with an HTTP server of its own. */
export const opencode: ProgramDetector = {
  id: 'opencode',
  name: 'OpenCode',
  kind: 'ai',
  detect: (facts) =>
    byExecutable(facts, 'opencode') ?? byNpmTool(facts, 'opencode-ai', ['opencode']),
};
