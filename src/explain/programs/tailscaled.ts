import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Tailscale's daemon. */
export const tailscaled: ProgramDetector = {
  id: 'tailscaled',
  name: 'Tailscale',
  kind: 'tunnel',
  detect: (facts) => byExecutable(facts, 'tailscaled'),
};
