import type { ProgramDetector } from '../program.ts';
import { byFolder } from '../program-match.ts';

/** Text Generation WebUI is `server.py` in a folder of that name. */
export const textGenerationWebui: ProgramDetector = {
  id: 'text-generation-webui',
  name: 'Text Generation WebUI',
  kind: 'ai',
  detect: (facts) => byFolder(facts, 'text-generation-webui', 'server.py'),
};
