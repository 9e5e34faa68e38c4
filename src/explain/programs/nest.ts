import type { ProgramDetector } from '../program.ts';
import { javaScriptRuntimes } from '../program-match-npm.ts';
import { appLabel, byDependency } from '../program-match-project.ts';

/** Nest: its own dependency comes first because it stands on Express or Fastify. */
export const nest: ProgramDetector = {
  id: 'nest',
  name: 'Nest',
  kind: 'framework',
  detect: (facts) => {
    const detection = byDependency(facts, javaScriptRuntimes, '@nestjs/core');
    return detection && { ...detection, label: appLabel(facts, 'Nest') };
  },
};
