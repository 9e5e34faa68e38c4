import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Delve, Go's debugger, and the binary that it builds to debug. */
export const delve: ProgramDetector = {
  id: 'delve',
  name: 'Delve',
  kind: 'debugger',
  detect: (facts) => {
    const { exe } = facts;
    return exe !== null && /\/__debug_bin\d*$/.test(exe)
      ? { evidence: [`executable ${exe}`], label: 'Go app under Delve' }
      : byExecutable(facts, 'dlv');
  },
};
