import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** uWSGI's own binary. */
export const uwsgi: ProgramDetector = {
  id: 'uwsgi',
  name: 'uWSGI',
  kind: 'web-server',
  detect: (facts) => byExecutable(facts, 'uwsgi', 'uwsgi-core'),
};
