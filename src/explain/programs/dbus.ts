import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** D-Bus's message bus. */
export const dbus: ProgramDetector = {
  id: 'dbus',
  name: 'D-Bus',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'dbus-daemon', 'dbus-broker', 'dbus-broker-launch'),
};
