import type { ProgramDetector } from '../program.ts';
import { byPython, byTitle } from '../program-match.ts';

/** gunicorn; with setproctitle it is `gunicorn: master [app]`. */
export const gunicorn: ProgramDetector = {
  id: 'gunicorn',
  name: 'gunicorn',
  kind: 'web-server',
  detect: (facts) => byTitle(facts, 'gunicorn: ') ?? byPython(facts, 'gunicorn'),
};
