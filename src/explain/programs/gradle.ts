import type { ProgramDetector } from '../program.ts';
import { byMainClass } from '../program-match-java.ts';
import { versionAfter } from '../program-match.ts';

/** Gradle's daemon, which outlives the build; its first argument is the version. */
export const gradle: ProgramDetector = {
  id: 'gradle',
  name: 'Gradle daemon',
  kind: 'tool',
  detect: (facts) => {
    const detection = byMainClass(facts, 'org.gradle.launcher.daemon.bootstrap.GradleDaemon');
    return detection && { ...detection, ...versionAfter(facts.command.words[0] ?? null, '') };
  },
};
