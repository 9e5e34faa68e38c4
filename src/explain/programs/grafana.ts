import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Grafana. */
export const grafana: ProgramDetector = {
  id: 'grafana',
  name: 'Grafana',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'grafana', 'grafana-server'),
};
