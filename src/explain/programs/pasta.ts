import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** passt and pasta, Podman's network since version 5; the file may name an instruction set. */
export const pasta: ProgramDetector = {
  id: 'pasta',
  name: 'pasta',
  kind: 'container',
  detect: (facts) => byExecutable(facts, 'pasta', 'passt', 'pasta.avx2', 'passt.avx2'),
};
