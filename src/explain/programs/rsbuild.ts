import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Rsbuild, and Rspack's own `rspack serve`. */
export const rsbuild: ProgramDetector = {
  id: 'rsbuild',
  name: 'Rsbuild',
  kind: 'dev-server',
  detect: (facts) => {
    const rspack = byNpmTool(facts, '@rspack/cli', ['rspack']);
    return rspack === null
      ? byNpmTool(facts, '@rsbuild/core', ['rsbuild'])
      : { ...rspack, label: 'Rspack' };
  },
};
