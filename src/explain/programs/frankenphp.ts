import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** FrankenPHP, PHP inside Caddy. */
export const frankenphp: ProgramDetector = {
  id: 'frankenphp',
  name: 'FrankenPHP',
  kind: 'web-server',
  detect: (facts) => byExecutable(facts, 'frankenphp'),
};
