import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** OpenTelemetry's collector and its distributions. */
export const otelCollector: ProgramDetector = {
  id: 'otel-collector',
  name: 'OpenTelemetry Collector',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'otelcol', 'otelcol-contrib', 'otelcontribcol'),
};
