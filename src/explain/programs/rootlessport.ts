import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** The forwarder of published ports in rootless Podman and Docker. */
export const rootlessport: ProgramDetector = {
  id: 'rootlessport',
  name: 'rootlessport',
  kind: 'container',
  detect: (facts) =>
    byExecutable(
      facts,
      'rootlessport',
      'rootlessport-child',
      'rootlesskit',
      'rootlesskit-docker-proxy',
    ),
};
