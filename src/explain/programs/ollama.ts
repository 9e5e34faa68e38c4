import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** Ollama: the server, and the runner of each model. */
export const ollama: ProgramDetector = {
  id: 'ollama',
  name: 'Ollama',
  kind: 'ai',
  detect: (facts) => byExecutable(facts, 'ollama', 'ollama_llama_server'),
};
