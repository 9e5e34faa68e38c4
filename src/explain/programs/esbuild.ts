import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byExecutable } from '../program-match.ts';

/** esbuild's binary, but only where it serves: as a compiler's helper it never listens. */
export const esbuild: ProgramDetector = {
  id: 'esbuild',
  name: 'esbuild',
  kind: 'dev-server',
  detect: (facts) =>
    facts.command.words.some((word) => /^--serve(?:=|$)/.test(word))
      ? (byExecutable(facts, 'esbuild') ?? byNpmTool(facts, 'esbuild'))
      : null,
};
