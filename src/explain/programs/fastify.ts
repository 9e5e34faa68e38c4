import type { ProgramDetector } from '../program.ts';
import { javaScriptRuntimes } from '../program-match-npm.ts';
import { appLabel, byDependency } from '../program-match-project.ts';

/** A program of its project that is made with Fastify. */
export const fastify: ProgramDetector = {
  id: 'fastify',
  name: 'Fastify',
  kind: 'framework',
  detect: (facts) => {
    const detection = byDependency(facts, javaScriptRuntimes, 'fastify');
    return detection && { ...detection, label: appLabel(facts, 'Fastify') };
  },
};
