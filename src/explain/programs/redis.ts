import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Redis titles itself `redis-server 127.0.0.1:6379`; Debian's file is `redis-check-rdb`. */
export const redis: ProgramDetector = {
  id: 'redis',
  name: 'Redis',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'redis-server', 'redis-sentinel'),
};
