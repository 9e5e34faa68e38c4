import type { ProgramDetector } from '../program.ts';
import { byMainClass } from '../program-match-java.ts';
import { byExecutable, first } from '../program-match.ts';

/** JetBrains' editors: their launchers, or Java with their main class. */
export const jetbrains: ProgramDetector = {
  id: 'jetbrains',
  name: 'JetBrains IDE',
  kind: 'editor',
  detect: (facts) =>
    byMainClass(facts, 'com.intellij.idea.Main') ??
    first(launchers, (launcher) => byExecutable(facts, launcher)),
};

const launchers =
  'idea pycharm webstorm goland clion rider phpstorm rubymine datagrip dataspell rustrover'.split(
    ' ',
  );
