import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** sing-box. */
export const singBox: ProgramDetector = {
  id: 'sing-box',
  name: 'sing-box',
  kind: 'proxy',
  detect: (facts) => byExecutable(facts, 'sing-box'),
};
