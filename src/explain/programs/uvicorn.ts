import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** uvicorn, an ASGI server. */
export const uvicorn: ProgramDetector = {
  id: 'uvicorn',
  name: 'uvicorn',
  kind: 'web-server',
  detect: (facts) => byPython(facts, 'uvicorn'),
};
