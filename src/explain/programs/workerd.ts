import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Cloudflare's Workers runtime, started by Wrangler and Miniflare. */
export const workerd: ProgramDetector = {
  id: 'workerd',
  name: 'workerd',
  kind: 'dev-server',
  detect: (facts) => byExecutable(facts, 'workerd'),
};
