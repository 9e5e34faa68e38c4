import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** `webpack serve`, or webpack-dev-server's own command. */
export const webpackDevServer: ProgramDetector = {
  id: 'webpack-dev-server',
  name: 'webpack-dev-server',
  kind: 'dev-server',
  detect: (facts) =>
    byNpmTool(facts, 'webpack-dev-server') ??
    (['serve', 'server', 's'].includes(facts.command.words[0] ?? '')
      ? (byNpmTool(facts, 'webpack') ?? byNpmTool(facts, 'webpack-cli'))
      : null),
};
