import type { ProgramDetector } from '../program.ts';
import { byFolder } from '../program-match.ts';

/** ComfyUI is `main.py` in a folder of that name. */
export const comfyui: ProgramDetector = {
  id: 'comfyui',
  name: 'ComfyUI',
  kind: 'ai',
  detect: (facts) => byFolder(facts, 'ComfyUI', 'main.py'),
};
