import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Envoy. */
export const envoy: ProgramDetector = {
  id: 'envoy',
  name: 'Envoy',
  kind: 'proxy',
  detect: (facts) => byExecutable(facts, 'envoy'),
};
