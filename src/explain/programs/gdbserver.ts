import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** gdb's server. */
export const gdbserver: ProgramDetector = {
  id: 'gdbserver',
  name: 'gdbserver',
  kind: 'debugger',
  detect: (facts) => byExecutable(facts, 'gdbserver'),
};
