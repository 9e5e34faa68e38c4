import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** llama.cpp's HTTP server. */
export const llamaCpp: ProgramDetector = {
  id: 'llama-cpp',
  name: 'llama.cpp server',
  kind: 'ai',
  detect: (facts) => byExecutable(facts, 'llama-server', 'llama-swap'),
};
