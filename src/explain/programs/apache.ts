import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Apache, under Debian's name and its own. */
export const apache: ProgramDetector = {
  id: 'apache',
  name: 'Apache HTTP Server',
  kind: 'web-server',
  detect: (facts) => byExecutable(facts, 'apache2', 'httpd'),
};
