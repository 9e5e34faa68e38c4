import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Loki. */
export const loki: ProgramDetector = {
  id: 'loki',
  name: 'Grafana Loki',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'loki'),
};
