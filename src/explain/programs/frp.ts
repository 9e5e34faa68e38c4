import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** frp's client and server. */
export const frp: ProgramDetector = {
  id: 'frp',
  name: 'frp',
  kind: 'tunnel',
  detect: (facts) => byExecutable(facts, 'frpc', 'frps'),
};
