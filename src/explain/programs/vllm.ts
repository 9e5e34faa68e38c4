import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** vLLM's OpenAI-compatible server. */
export const vllm: ProgramDetector = {
  id: 'vllm',
  name: 'vLLM',
  kind: 'ai',
  detect: (facts) => byPython(facts, 'vllm'),
};
