import type { ProgramDetector } from '../program.ts';
import { optionValue } from '../program-match.ts';

/** `php -S address`. */
export const phpServer: ProgramDetector = {
  id: 'php-server',
  name: 'PHP built-in server',
  kind: 'dev-server',
  detect: ({ command }) => {
    const address = command.runtime === 'php' ? optionValue(command.runtimeArguments, '-S') : null;
    return address === null ? null : { evidence: [`option -S ${address}`] };
  },
};
