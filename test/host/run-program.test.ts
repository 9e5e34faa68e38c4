import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findInPath } from '../../src/host/linux/find-in-path.ts';
import { runProgram } from '../../src/host/linux/run-program.ts';

const never = new AbortController().signal;
const before = process.env['PATH'];
let folder = '';

const program = (name: string, body: string): void => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-tools-'));
  program('hp-say', 'printf "%s|" "$@" "$EXTRA" "$LC_ALL"');
  program('hp-denied', 'echo "Failed to stop x.service: Access denied" >&2; exit 4');
  program('hp-fails', 'echo; echo "no such program: x"; exit 1');
  program('hp-hangs', 'exec sleep 300');
  program('hp-reads', 'cat');
  writeFileSync(join(folder, 'hp-text'), 'no program');
  process.env['PATH'] = `${folder}${delimiter}relative${delimiter}${before}`;
});
afterAll(() => {
  process.env['PATH'] = before;
  rmSync(folder, { recursive: true });
});

const run = (name: string, words: readonly string[] = [], timeoutMs = 10_000, signal = never) =>
  runProgram(name, words, { timeoutMs, environment: { EXTRA: 'e' } }, signal);

test('passes words as they are, without a shell', async () => {
  expect(await run('hp-say', ['a b', '$(id)', ';'])).toEqual({
    result: 'done',
    stdout: 'a b|$(id)|;|e|C|',
  });
});

test('gives it nothing to read', async () => {
  expect(await run('hp-reads')).toEqual({ result: 'done', stdout: '' });
});

test('tells a missing right from other failures', async () => {
  expect(await run('hp-denied')).toEqual({
    result: 'denied',
    why: 'hp-denied says: Failed to stop x.service: Access denied',
  });
  expect(await run('hp-fails')).toEqual({
    result: 'failed',
    why: 'hp-fails says: no such program: x',
  });
});

test('ends what takes too long, or is not wanted any more', async () => {
  expect(await run('hp-hangs', [], 50)).toMatchObject({ result: 'failed' });
  expect(await run('hp-hangs', [], 10_000, AbortSignal.timeout(20))).toMatchObject({
    result: 'failed',
  });
});

test('finds programs where a shell would, and files that are none nowhere', async () => {
  expect(findInPath('hp-say')).toBe(join(folder, 'hp-say'));
  expect(findInPath('hp-text')).toBeNull();
  expect(await run('hp-absent')).toEqual({ result: 'absent', why: 'hp-absent is not installed' });
});
