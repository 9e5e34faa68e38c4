import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/**
 * debugpy's own processes: the adapter, the launcher, a server without a program. A debugged
 * program is itself.
 */
export const debugpy: ProgramDetector = {
  id: 'debugpy',
  name: 'debugpy',
  kind: 'debugger',
  detect: (facts) => {
    const { script } = facts.command;
    return script !== null && /\/debugpy\/(?:adapter|launcher)\/?(?:__main__\.py)?$/.test(script)
      ? { evidence: [`script ${script}`] }
      : byPython(facts, 'debugpy');
  },
};
