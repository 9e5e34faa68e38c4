import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Storybook's dev server, under the names of its versions. */
export const storybook: ProgramDetector = {
  id: 'storybook',
  name: 'Storybook',
  kind: 'dev-server',
  detect: (facts) =>
    byNpmTool(facts, 'storybook', ['storybook', 'sb', 'start-storybook']) ??
    byNpmTool(facts, '@storybook/cli', []),
};
