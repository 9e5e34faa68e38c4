import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** rpcbind, the port mapper of ONC RPC. */
export const rpcbind: ProgramDetector = {
  id: 'rpcbind',
  name: 'rpcbind',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'rpcbind', 'portmap'),
};
