import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** MariaDB, which also answers to `mysqld` by a link: the file tells. */
export const mariadb: ProgramDetector = {
  id: 'mariadb',
  name: 'MariaDB',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'mariadbd'),
};
