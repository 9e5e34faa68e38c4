import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Clash and its successors, proxies of desktops. */
export const clash: ProgramDetector = {
  id: 'clash',
  name: 'Clash',
  kind: 'proxy',
  detect: (facts) => byExecutable(facts, 'clash', 'mihomo', 'clash-meta', 'verge-mihomo'),
};
