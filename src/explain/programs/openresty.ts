import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** OpenResty, nginx with Lua: its file is nginx, its folder tells. */
export const openresty: ProgramDetector = {
  id: 'openresty',
  name: 'OpenResty',
  kind: 'web-server',
  detect: (facts) => byExecutable(facts, 'openresty'),
};
