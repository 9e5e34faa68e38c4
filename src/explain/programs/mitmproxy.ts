import type { ProgramDetector } from '../program.ts';
import { byExecutable, byPython } from '../program-match.ts';

/** mitmproxy, mitmweb and mitmdump. */
export const mitmproxy: ProgramDetector = {
  id: 'mitmproxy',
  name: 'mitmproxy',
  kind: 'proxy',
  detect: (facts) =>
    byPython(facts, 'mitmproxy') ??
    byPython(facts, 'mitmweb') ??
    byPython(facts, 'mitmdump') ??
    byExecutable(facts, 'mitmproxy', 'mitmweb', 'mitmdump'),
};
