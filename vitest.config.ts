import { defineConfig } from 'vitest/config';
import { tallyReporter } from './scripts/test/tally-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', tallyReporter()],
  },
});
