import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';
import { byExecutable, byOwnName, versionAfter } from '../program-match.ts';

/**
 * Anthropic's coding agent: a native binary in a folder named by its version, or a package of npm
 * titled `claude`.
 */
export const claudeCode: ProgramDetector = {
  id: 'claude-code',
  name: 'Claude Code',
  kind: 'ai',
  detect: (facts) => {
    const detection =
      byOwnName(facts, 'claude') ??
      byExecutable(facts, 'claude') ??
      byNpmTool(facts, '@anthropic-ai/claude-code', ['claude']);
    return detection && { ...detection, ...versionAfter(facts.exe, '/claude/versions/') };
  },
};
