import type { ProgramDetector } from '../program.ts';
import { byJar, byMainClass } from '../program-match-java.ts';

/** Jetty on its own: started by its `start.jar`, or by the class behind it. */
export const jetty: ProgramDetector = {
  id: 'jetty',
  name: 'Jetty',
  kind: 'web-server',
  detect: (facts) =>
    byMainClass(facts, 'org.eclipse.jetty.') ??
    (facts.command.runtimeArguments.some((option) => option.startsWith('-Djetty.'))
      ? byJar(facts, 'start.jar')
      : null),
};
