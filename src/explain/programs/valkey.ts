import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Valkey, also where it was started as `redis-server` by a link. */
export const valkey: ProgramDetector = {
  id: 'valkey',
  name: 'Valkey',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'valkey-server', 'valkey-sentinel'),
};
