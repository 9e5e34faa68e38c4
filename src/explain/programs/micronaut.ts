import type { ProgramDetector } from '../program.ts';
import { byClassPath, byOwnJar } from '../program-match-java.ts';

/** Micronaut, by its jars on the class path, or a jar of a project that is made with it. */
export const micronaut: ProgramDetector = {
  id: 'micronaut',
  name: 'Micronaut',
  kind: 'framework',
  detect: (facts) => byClassPath(facts, 'micronaut-http-server') ?? byOwnJar(facts, 'io.micronaut'),
};
