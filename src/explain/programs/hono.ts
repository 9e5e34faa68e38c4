import type { ProgramDetector } from '../program.ts';
import { javaScriptRuntimes } from '../program-match-npm.ts';
import { appLabel, byDependency } from '../program-match-project.ts';

/** A program of its project that is made with Hono. */
export const hono: ProgramDetector = {
  id: 'hono',
  name: 'Hono',
  kind: 'framework',
  detect: (facts) => {
    const detection = byDependency(facts, javaScriptRuntimes, 'hono');
    return detection && { ...detection, label: appLabel(facts, 'Hono') };
  },
};
