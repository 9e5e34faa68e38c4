import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** React Router's framework mode: `react-router dev`, `react-router-serve`. */
export const reactRouter: ProgramDetector = {
  id: 'react-router',
  name: 'React Router',
  kind: 'dev-server',
  detect: (facts) =>
    byNpmTool(facts, '@react-router/dev', ['react-router']) ??
    byNpmTool(facts, '@react-router/serve', ['react-router-serve']),
};
