import { expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { main } from '../../../src/faces/cli/main.ts';
import { memoryIo } from './support/memory-io.ts';

test.each([['--version'], ['-V'], ['ls', '--version']])(
  '%s prints the version',
  async (...argv) => {
    const io = memoryIo();
    expect(await main(argv, io)).toBe(0);
    expect(io.written).toMatchObject({ out: `${packageJson.version}\n`, err: '' });
  },
);

test('a wrong flag ends with 2, two lines and nothing on the output', async () => {
  const io = memoryIo();
  expect(await main(['--jsno'], io)).toBe(2);
  expect(io.written).toMatchObject({
    out: '',
    err: 'homeport: ls has no flag --jsno\nhint: did you mean --json?\n',
  });
});

test('with --json a wrong flag is told as JSON', async () => {
  const io = memoryIo();
  expect(await main(['ls', '--json', '--wathc'], io)).toBe(2);
  expect(JSON.parse(io.written.err)).toEqual({
    error: {
      code: 'invalid-input',
      message: 'ls has no flag --wathc',
      hint: 'did you mean --watch?',
    },
  });
});

test('--watch without a terminal points to --json-stream', async () => {
  const io = memoryIo();
  expect(await main(['ls', '--watch'], io)).toBe(2);
  expect(io.written.err).toBe(
    'homeport: --watch draws on a terminal\nhint: --json-stream is for programs and pipes\n',
  );
});

test('a snapshot can’t be watched', async () => {
  const io = memoryIo();
  expect(await main(['ls', '--json-stream', '--snapshot', 'x.json'], io)).toBe(2);
  expect(io.written.err).toContain('a snapshot never changes');
});
