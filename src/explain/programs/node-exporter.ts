import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Prometheus's exporter of the machine's own numbers. */
export const nodeExporter: ProgramDetector = {
  id: 'node-exporter',
  name: 'Prometheus node exporter',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'node_exporter', 'prometheus-node-exporter'),
};
