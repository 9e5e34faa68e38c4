import { baseName } from '../base-name.ts';
import type { ProgramDetector } from '../program.ts';

/** What cargo built, in its project's target folder. */
export const cargoBuild: ProgramDetector = {
  id: 'cargo-build',
  name: 'Rust app',
  kind: 'runtime',
  detect: ({ exe }) => {
    const profile = /\/target\/(?:[\w-]+\/)?(debug|release)\/(?:examples\/|deps\/)?[^/]+$/.exec(
      exe ?? '',
    )?.[1];
    return exe === null || profile === undefined
      ? null
      : { evidence: [`executable ${exe}`], label: `${baseName(exe)} (Rust ${profile} build)` };
  },
};
