import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Mosquitto, an MQTT broker. */
export const mosquitto: ProgramDetector = {
  id: 'mosquitto',
  name: 'Mosquitto',
  kind: 'broker',
  detect: (facts) => byExecutable(facts, 'mosquitto'),
};
