import type { ProgramDetector } from '../program.ts';
import { javaScriptRuntimes } from '../program-match-npm.ts';
import { appLabel, byDependency } from '../program-match-project.ts';

/** A program of its project that is made with Koa. */
export const koa: ProgramDetector = {
  id: 'koa',
  name: 'Koa',
  kind: 'framework',
  detect: (facts) => {
    const detection = byDependency(facts, javaScriptRuntimes, 'koa');
    return detection && { ...detection, label: appLabel(facts, 'Koa') };
  },
};
