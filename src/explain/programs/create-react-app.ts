import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** `react-scripts start`, or CRACO around it. */
export const createReactApp: ProgramDetector = {
  id: 'create-react-app',
  name: 'Create React App',
  kind: 'dev-server',
  detect: (facts) =>
    byNpmTool(facts, 'react-scripts') ?? byNpmTool(facts, '@craco/craco', ['craco']),
};
