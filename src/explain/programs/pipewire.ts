import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** PipeWire and its PulseAudio stand-in. */
export const pipewire: ProgramDetector = {
  id: 'pipewire',
  name: 'PipeWire',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'pipewire', 'pipewire-pulse', 'wireplumber'),
};
