import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** PulseAudio. */
export const pulseaudio: ProgramDetector = {
  id: 'pulseaudio',
  name: 'PulseAudio',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'pulseaudio'),
};
