import { defineConfig } from 'vitest/config';
import { tallyReporter } from './scripts/test/tally-reporter.ts';

export default defineConfig({
  test: {
    // A fake /proc in the fixtures has links that lead out of them.
    include: ['test/!(fixtures)/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', tallyReporter()],
  },
});
