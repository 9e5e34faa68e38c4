import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** OpenVPN. */
export const openvpn: ProgramDetector = {
  id: 'openvpn',
  name: 'OpenVPN',
  kind: 'tunnel',
  detect: (facts) => byExecutable(facts, 'openvpn'),
};
