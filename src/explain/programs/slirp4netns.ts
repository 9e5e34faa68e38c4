import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Rootless containers' network, in user space. */
export const slirp4netns: ProgramDetector = {
  id: 'slirp4netns',
  name: 'slirp4netns',
  kind: 'container',
  detect: (facts) => byExecutable(facts, 'slirp4netns'),
};
