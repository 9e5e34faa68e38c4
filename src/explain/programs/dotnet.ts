import { baseName } from '../base-name.ts';
import type { ProgramDetector } from '../program.ts';

/** .NET: the SDK's `run` and `watch`, an assembly, or a program in its build folder. */
export const dotnet: ProgramDetector = {
  id: 'dotnet',
  name: '.NET',
  kind: 'runtime',
  detect: ({ command, exe }) => {
    const { runtime, script, words } = command;
    if (runtime === 'dotnet' && script !== null) {
      return { evidence: [`assembly ${script}`], label: `${baseName(script)} (.NET)` };
    }
    if (runtime === 'dotnet' && /^(?:run|watch)$/.test(words[0] ?? '')) {
      return { evidence: [`command dotnet ${words[0]}`], label: `dotnet ${words[0]}` };
    }
    return exe !== null && /\/bin\/(?:Debug|Release)\/net[\d.]+\//.test(exe)
      ? { evidence: [`executable ${exe}`], label: `${baseName(exe)} (.NET)` }
      : null;
  },
};
