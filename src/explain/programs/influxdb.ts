import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** InfluxDB. */
export const influxdb: ProgramDetector = {
  id: 'influxdb',
  name: 'InfluxDB',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'influxd', 'influxdb3'),
};
