import type { ProgramDetector } from '../program.ts';
import { byExecutable, versionAfter } from '../program-match.ts';

/**
 * PostgreSQL: the server, and its processes, which title themselves `postgres: 15/main:
 * checkpointer`.
 */
export const postgres: ProgramDetector = {
  id: 'postgres',
  name: 'PostgreSQL',
  kind: 'database',
  detect: (facts) => {
    const detection = byExecutable(facts, 'postgres', 'postmaster');
    return detection && { ...detection, ...versionAfter(facts.exe, '/postgresql/') };
  },
};
