import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Vue CLI's service, the predecessor of Vite in Vue projects. */
export const vueCli: ProgramDetector = {
  id: 'vue-cli',
  name: 'Vue CLI',
  kind: 'dev-server',
  detect: (facts) => byNpmTool(facts, '@vue/cli-service', ['vue-cli-service']),
};
