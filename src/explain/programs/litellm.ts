import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** LiteLLM's proxy for language models. */
export const litellm: ProgramDetector = {
  id: 'litellm',
  name: 'LiteLLM',
  kind: 'ai',
  detect: (facts) => byPython(facts, 'litellm'),
};
