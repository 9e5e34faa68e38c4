import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** etcd. */
export const etcd: ProgramDetector = {
  id: 'etcd',
  name: 'etcd',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'etcd'),
};
