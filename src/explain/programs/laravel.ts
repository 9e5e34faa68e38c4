import type { ProgramDetector } from '../program.ts';
import { isNamed } from '../program-match.ts';

/**
 * `artisan serve` and other serving artisan commands; the server itself is PHP with Laravel's
 * router script.
 */
export const laravel: ProgramDetector = {
  id: 'laravel',
  name: 'Laravel',
  kind: 'dev-server',
  detect: ({ command }) => {
    const { runtime, script, words } = command;
    if (runtime !== 'php' || script === null) return null;
    const serves = /^(?:serve|octane:\w+|reverb:start)$/.test(words[0] ?? '');
    return script.includes('/laravel/framework/') || (isNamed(script, 'artisan') && serves)
      ? { evidence: [`script ${script}`] }
      : null;
  },
};
