import type { ProgramDetector } from '../program.ts';
import { byFolder } from '../program-match.ts';

/** Stable Diffusion WebUI is `launch.py` or `webui.py` in a folder of that name. */
export const stableDiffusionWebui: ProgramDetector = {
  id: 'stable-diffusion-webui',
  name: 'Stable Diffusion WebUI',
  kind: 'ai',
  detect: (facts) =>
    byFolder(facts, 'stable-diffusion-webui', 'launch.py') ??
    byFolder(facts, 'stable-diffusion-webui', 'webui.py'),
};
