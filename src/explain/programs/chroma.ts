import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** Chroma, a vector database: `chroma run`. */
export const chroma: ProgramDetector = {
  id: 'chroma',
  name: 'Chroma',
  kind: 'database',
  detect: (facts) => byPython(facts, 'chroma') ?? byPython(facts, 'chromadb'),
};
