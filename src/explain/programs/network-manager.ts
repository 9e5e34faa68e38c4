import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** NetworkManager: a DHCP client. */
export const networkManager: ProgramDetector = {
  id: 'network-manager',
  name: 'NetworkManager',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'networkmanager', 'NetworkManager'),
};
