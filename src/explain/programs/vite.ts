import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Vite's dev server, or its preview of a build. */
export const vite: ProgramDetector = {
  id: 'vite',
  name: 'Vite',
  kind: 'dev-server',
  detect: (facts) => {
    const detection = byNpmTool(facts, 'vite');
    return detection !== null && facts.command.words[0] === 'preview'
      ? { ...detection, label: 'Vite preview' }
      : detection;
  },
};
