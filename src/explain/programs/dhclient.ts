import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Clients of DHCP. */
export const dhclient: ProgramDetector = {
  id: 'dhclient',
  name: 'DHCP client',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'dhclient', 'dhcpcd', 'udhcpc'),
};
