import type { ProgramDetector } from '../program.ts';
import { byExecutable } from '../program-match.ts';

/** MinIO, object storage. */
export const minio: ProgramDetector = {
  id: 'minio',
  name: 'MinIO',
  kind: 'database',
  detect: (facts) => byExecutable(facts, 'minio'),
};
