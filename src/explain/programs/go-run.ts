import { baseName } from '../base-name.ts';
import type { ProgramDetector } from '../program.ts';

/** What `go run` builds, in a temporary folder or, since Go 1.24, in the build cache. */
export const goRun: ProgramDetector = {
  id: 'go-run',
  name: 'Go app',
  kind: 'runtime',
  detect: ({ exe, command }) => {
    const path = exe ?? command.argv[0] ?? '';
    return /\/go-build\d+\/b\d+\/exe\/|\/go-build\/[0-9a-f]{2}\/[0-9a-f]+-d\//.test(path)
      ? { evidence: [`executable ${path}`], label: `${baseName(path)} (go run)` }
      : null;
  },
};
