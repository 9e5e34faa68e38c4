import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** Flower, Celery's monitor: `celery -A app flower`. */
export const flower: ProgramDetector = {
  id: 'flower',
  name: 'Celery Flower',
  kind: 'tool',
  detect: (facts) =>
    facts.command.words.includes('flower') ? byPython(facts, 'celery') : byPython(facts, 'flower'),
};
