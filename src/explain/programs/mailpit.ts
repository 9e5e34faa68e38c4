import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Mailpit catches the mail that programs send while they are developed. */
export const mailpit: ProgramDetector = {
  id: 'mailpit',
  name: 'Mailpit',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'mailpit'),
};
