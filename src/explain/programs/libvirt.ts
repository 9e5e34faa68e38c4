import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** libvirt's daemons. */
export const libvirt: ProgramDetector = {
  id: 'libvirt',
  name: 'libvirt',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'libvirtd', 'virtqemud', 'virtlogd'),
};
