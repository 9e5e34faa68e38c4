import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** containerd and its shims. */
export const containerd: ProgramDetector = {
  id: 'containerd',
  name: 'containerd',
  kind: 'container',
  detect: (facts) =>
    byExecutable(facts, 'containerd', 'containerd-shim', 'containerd-shim-runc-v2'),
};
