import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** MailHog, Mailpit's predecessor. */
export const mailhog: ProgramDetector = {
  id: 'mailhog',
  name: 'MailHog',
  kind: 'tool',
  detect: (facts) => byExecutable(facts, 'mailhog'),
};
