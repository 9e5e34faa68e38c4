import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Google's coding agent. */
export const geminiCli: ProgramDetector = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  kind: 'ai',
  detect: (facts) => byNpmTool(facts, '@google/gemini-cli', ['gemini']),
};
