import type { ProgramDetector } from '../program.ts';
import { byClassPath, byJar, byMainClass } from '../program-match-java.ts';

/**
 * Quarkus: its entry point, its `quarkus-run.jar`, or its jars on the class path in development.
 */
export const quarkus: ProgramDetector = {
  id: 'quarkus',
  name: 'Quarkus',
  kind: 'framework',
  detect: (facts) =>
    byMainClass(facts, 'io.quarkus.') ??
    byJar(facts, 'quarkus-run.jar') ??
    byClassPath(facts, 'quarkus-core'),
};
