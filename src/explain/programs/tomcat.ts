import type { ProgramDetector } from '../program.ts';
import { byMainClass } from '../program-match-java.ts';
import { versionAfter } from '../program-match.ts';

/** Tomcat on its own; its version where the folder's name has it. */
export const tomcat: ProgramDetector = {
  id: 'tomcat',
  name: 'Apache Tomcat',
  kind: 'web-server',
  detect: (facts) => {
    const detection = byMainClass(facts, 'org.apache.catalina.startup.Bootstrap');
    const home = facts.command.runtimeArguments.find((option) =>
      option.startsWith('-Dcatalina.home='),
    );
    return detection && { ...detection, ...versionAfter(home ?? null, 'tomcat-') };
  },
};
