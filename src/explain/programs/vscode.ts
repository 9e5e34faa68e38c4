import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** VS Code and its free builds. */
export const vscode: ProgramDetector = {
  id: 'vscode',
  name: 'VS Code',
  kind: 'editor',
  detect: (facts) =>
    byExecutable(facts, 'code', 'code-insiders', 'codium', 'code-oss', 'code-tunnel'),
};
