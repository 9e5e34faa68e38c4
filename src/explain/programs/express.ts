import type { ProgramDetector } from '../program.ts';
import { javaScriptRuntimes } from '../program-match-npm.ts';
import { appLabel, byDependency } from '../program-match-project.ts';

/** A program of its project that is made with Express; last of its kind, others bring it along. */
export const express: ProgramDetector = {
  id: 'express',
  name: 'Express',
  kind: 'framework',
  detect: (facts) => {
    const detection = byDependency(facts, javaScriptRuntimes, 'express');
    return detection && { ...detection, label: appLabel(facts, 'Express') };
  },
};
