import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** nginx: `nginx: master process /usr/sbin/nginx`, `nginx: worker process`. */
export const nginx: ProgramDetector = {
  id: 'nginx',
  name: 'nginx',
  kind: 'web-server',
  detect: (facts) => byExecutable(facts, 'nginx'),
};
