import type { ProgramDetector } from '../program.ts';
import { byPython } from '../program-match.ts';

/** LocalStack: AWS's services on this machine. */
export const localstack: ProgramDetector = {
  id: 'localstack',
  name: 'LocalStack',
  kind: 'dev-server',
  detect: (facts) => byPython(facts, 'localstack') ?? byPython(facts, 'localstack.runtime.main'),
};
