import type { ProgramDetector } from '../program.ts';
import { byNpmTool } from '../program-match-npm.ts';

/** Prisma's CLI, which listens for Prisma Studio. */
export const prisma: ProgramDetector = {
  id: 'prisma',
  name: 'Prisma',
  kind: 'tool',
  detect: (facts) => byNpmTool(facts, 'prisma'),
};
