import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** Open WebUI: its command, or uvicorn with its application. */
export const openWebui: ProgramDetector = {
  id: 'open-webui',
  name: 'Open WebUI',
  kind: 'ai',
  detect: (facts) =>
    byPython(facts, 'open-webui') ??
    (facts.command.words.includes('open_webui.main:app')
      ? { evidence: ['application open_webui.main:app'] }
      : null),
};
