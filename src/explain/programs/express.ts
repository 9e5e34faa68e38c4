import type { ProgramDetector } from '../program.ts';
import { appLabel, byDependency, javaScriptRuntimes } from '../program-match.ts';

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
