import type { ProgramDetector } from '../program.ts';
import { byPython, byTitle } from '../program-match.ts';

/** Airflow titles some of its processes `airflow webserver`, `airflow scheduler`. */
export const airflow: ProgramDetector = {
  id: 'airflow',
  name: 'Apache Airflow',
  kind: 'tool',
  detect: (facts) => byTitle(facts, 'airflow ') ?? byPython(facts, 'airflow'),
};
