import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Metro, React Native's bundler, on its own or as `react-native start`. */
export const metro: ProgramDetector = {
  id: 'metro',
  name: 'Metro',
  kind: 'dev-server',
  detect: (facts) =>
    byNpmTool(facts, 'metro') ??
    (facts.command.words[0] === 'start'
      ? (byNpmTool(facts, 'react-native') ?? byNpmTool(facts, '@react-native-community/cli', []))
      : null),
};
