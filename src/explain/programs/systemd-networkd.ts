import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** systemd's network manager: a DHCP client. */
export const systemdNetworkd: ProgramDetector = {
  id: 'systemd-networkd',
  name: 'systemd-networkd',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'systemd-networkd'),
};
