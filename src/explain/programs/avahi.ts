import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/**
 * Avahi, names and services by multicast (mDNS); it titles itself `avahi-daemon: running
 * [host.local]`.
 */
export const avahi: ProgramDetector = {
  id: 'avahi',
  name: 'Avahi',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'avahi-daemon'),
};
