import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Expo's dev server, which runs Metro inside. */
export const expo: ProgramDetector = {
  id: 'expo',
  name: 'Expo',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, 'expo') ?? byNpmTool(facts, '@expo/cli', []),
};
