import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** X servers, also those inside Wayland, memory and VNC. */
export const xServer: ProgramDetector = {
  id: 'x-server',
  name: 'X server',
  kind: 'system',
  detect: (facts) =>
    byExecutable(
      facts,
      'xorg',
      'xwayland',
      'xvfb',
      'xtigervnc',
      'xvnc',
      'Xorg',
      'Xwayland',
      'Xvfb',
    ),
};
