import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Tally } from './tally.ts';

/** A vitest reporter that writes the run's `Tally` as JSON to the file that HOMEPORT_TALLY names. */
export const tallyReporter = (): Reporter => ({
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env['HOMEPORT_TALLY'];
    if (file !== undefined) {
      writeFileSync(file, JSON.stringify(tallyOf(modules, unhandledErrors.length)));
    }
  },
});

const tallyOf = (modules: readonly TestModule[], unhandledErrors: number): Tally => {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (state: string): TestCase[] =>
    tests.filter((test) => test.result().state === state);
  // A file that can't be loaded, or a hook that throws, has failed though no test of it has.
  const brokenModules = modules.filter(
    (module) =>
      module.state() === 'failed' &&
      ![...module.children.allTests()].some((test) => test.result().state === 'failed'),
  );
  return {
    passed: inState('passed').length,
    failed:
      inState('failed').length + inState('pending').length + brokenModules.length + unhandledErrors,
    skipped: inState('skipped').map(nameWithReason),
  };
};

/** `describe.skipIf` carries its reason in the name, `context.skip` in a note. */
const nameWithReason = (test: TestCase): string => {
  const result = test.result();
  const note = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
  return `${test.module.relativeModuleId}: ${test.fullName}${note}`;
};
