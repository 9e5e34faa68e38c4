/** What came of a test run. `skipped`: the tests' full names, with the reason where there is one. */
export type Tally = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
};
