import type { ProgramDetector } from '../program.ts';
import { byClassPath, byMainClass, byOwnJar } from '../program-match-java.ts';

/**
 * Spring Boot: its launcher, its jars on the class path, or a jar of a project that is made with
 * it.
 */
export const springBoot: ProgramDetector = {
  id: 'spring-boot',
  name: 'Spring Boot',
  kind: 'framework',
  detect: (facts) =>
    byMainClass(facts, 'org.springframework.boot.loader.') ??
    byClassPath(facts, 'spring-boot') ??
    byOwnJar(facts, 'spring-boot'),
};
