import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byExecutable } from '../program-match.ts';

/** OpenAI's coding agent: a native binary, by npm or on its own. */
export const codex: ProgramDetector = {
  id: 'codex',
  name: 'Codex',
  kind: 'ai',
  detect: (facts) => byExecutable(facts, 'codex') ?? byNpmTool(facts, '@openai/codex', ['codex']),
};
