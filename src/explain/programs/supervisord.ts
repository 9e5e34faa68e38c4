import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** supervisord, whose control interface may listen on TCP. */
export const supervisord: ProgramDetector = {
  id: 'supervisord',
  name: 'supervisord',
  kind: 'tool',
  detect: (facts) => byPython(facts, 'supervisord') ?? byPython(facts, 'supervisor'),
};
