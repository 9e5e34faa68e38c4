import type { ProgramDetector } from '../program.ts';
import { versionAfter } from '../program-match.ts';

/** PHP-FPM: `php-fpm: pool www`, `php-fpm8.2`. */
export const phpFpm: ProgramDetector = {
  id: 'php-fpm',
  name: 'PHP-FPM',
  kind: 'web-server',
  detect: ({ command, exe }) =>
    command.executable.startsWith('php-fpm')
      ? {
          evidence: [`command ${command.title ?? command.argv[0] ?? command.executable}`],
          ...versionAfter(exe ?? command.executable, 'php-fpm'),
        }
      : null,
};
