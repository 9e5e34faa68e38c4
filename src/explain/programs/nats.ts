import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** NATS. */
export const nats: ProgramDetector = {
  id: 'nats',
  name: 'NATS',
  kind: 'broker',
  detect: (facts) => byExecutable(facts, 'nats-server'),
};
