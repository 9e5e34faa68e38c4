import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { buildCommandLine } from '../../../scripts/cli-metadata.ts';
import { manPage } from '../../../scripts/man-page.ts';
import { commandLine } from '../../../src/faces/cli/generated/verbs.ts';
import { version } from '../../../src/faces/cli/version.ts';

const manPath = fileURLToPath(new URL('../../../man/homeport.1', import.meta.url));

test('the verbs are those of the operations’ schemas (scripts/generate-cli-metadata.ts)', () => {
  expect(commandLine).toEqual(buildCommandLine());
});

test('the manual page is that of the verbs (scripts/generate-man.ts)', () => {
  expect(readFileSync(manPath, 'utf8')).toBe(manPage(commandLine, version));
});

test('no sentence of the manual page ends twice', () => {
  expect(manPage(commandLine, version)).not.toMatch(/(?<!\.)[.?!]\.$/m);
});

const hasGroff = (() => {
  try {
    execFileSync('groff', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!hasGroff)('with groff (skipped where it is not installed)', () => {
  test('the manual page is well formed', () => {
    const output = execFileSync('sh', [
      '-c',
      'groff -man -ww -Tutf8 "$0" 2>&1 >/dev/null',
      manPath,
    ]);
    expect(output.toString()).toBe('');
  });
});
