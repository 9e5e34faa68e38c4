import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Podman's API service, and its monitor of one container. */
export const podman: ProgramDetector = {
  id: 'podman',
  name: 'Podman',
  kind: 'container',
  detect: (facts) => byExecutable(facts, 'podman', 'conmon'),
};
