import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Kubernetes' agent on a node. */
export const kubelet: ProgramDetector = {
  id: 'kubelet',
  name: 'kubelet',
  kind: 'container',
  detect: (facts) => byExecutable(facts, 'kubelet'),
};
