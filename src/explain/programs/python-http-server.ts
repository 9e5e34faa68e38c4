import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** `python -m http.server`: the folder it stands in, as files. */
export const pythonHttpServer: ProgramDetector = {
  id: 'python-http-server',
  name: 'Python http.server',
  kind: 'web-server',
  detect: (facts) => byPython(facts, 'http.server') ?? byPython(facts, 'SimpleHTTPServer'),
};
