import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** ngrok: what it names is on the internet. */
export const ngrok: ProgramDetector = {
  id: 'ngrok',
  name: 'ngrok',
  kind: 'tunnel',
  detect: (facts) => byExecutable(facts, 'ngrok'),
};
