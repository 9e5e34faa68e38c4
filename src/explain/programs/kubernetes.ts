import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Kubernetes' control plane, also as k3s or k0s in one binary. */
export const kubernetes: ProgramDetector = {
  id: 'kubernetes',
  name: 'Kubernetes control plane',
  kind: 'container',
  detect: (facts) =>
    byExecutable(
      facts,
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      'kube-proxy',
      'k3s',
      'k3s-server',
      'k0s',
    ),
};
