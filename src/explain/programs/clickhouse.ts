import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** ClickHouse: one binary under several names. */
export const clickhouse: ProgramDetector = {
  id: 'clickhouse',
  name: 'ClickHouse',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'clickhouse-server', 'clickhouse-keeper', 'clickhouse'),
};
