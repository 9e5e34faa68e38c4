import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of a test's own, without links in its path; gone after the test. */
export const makeFolder = (): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homeport-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
