import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** `streamlit run`. */
export const streamlit: ProgramDetector = {
  id: 'streamlit',
  name: 'Streamlit',
  kind: 'dev-server',
  detect: (facts) => byPython(facts, 'streamlit'),
};
