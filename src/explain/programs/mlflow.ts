import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** MLflow's tracking server. */
export const mlflow: ProgramDetector = {
  id: 'mlflow',
  name: 'MLflow',
  kind: 'tool',
  detect: (facts) => byPython(facts, 'mlflow'),
};
