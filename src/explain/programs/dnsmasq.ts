import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** dnsmasq, also as libvirt and NetworkManager start it. */
export const dnsmasq: ProgramDetector = {
  id: 'dnsmasq',
  name: 'dnsmasq',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'dnsmasq'),
};
