import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** NFS's helpers; its server is the kernel itself. */
export const nfs: ProgramDetector = {
  id: 'nfs',
  name: 'NFS helpers',
  kind: 'system',
  detect: (facts) => byExecutable(facts, 'rpc.statd', 'rpc.mountd', 'rpc.nfsd'),
};
