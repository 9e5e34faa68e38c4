import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Cloudflare's tunnel. */
export const cloudflared: ProgramDetector = {
  id: 'cloudflared',
  name: 'cloudflared',
  kind: 'tunnel',
  detect: (facts) => byExecutable(facts, 'cloudflared'),
};
