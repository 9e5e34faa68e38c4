import { expect, test } from 'vitest';
import { homeportError, invalidInput, type ErrorCode } from '../../../src/model/error.ts';
import { closedOutput } from '../../../src/faces/cli/io.ts';
import { reportFailure } from '../../../src/faces/cli/report-failure.ts';
import { memoryIo } from './support/memory-io.ts';

const plain = { json: false, colours: false };

test.each<[ErrorCode, number]>([
  ['invalid-input', 2],
  ['not-permitted', 3],
  ['refused', 4],
  ['output-failed', 1],
  ['unsupported', 70],
  ['internal', 70],
])('%s ends with %i', async (code, exit) => {
  expect(await reportFailure(homeportError(code, 'no'), memoryIo(), plain)).toBe(exit);
});

test('one line says what is wrong, one what would be right, both inert', async () => {
  const io = memoryIo();
  await reportFailure(invalidInput('bad \x1b[2J\n', 'try \u202ethis'), io, plain);
  expect(io.written.err).toBe(
    `${String.raw`homeport: bad \x1b[2J\n`}\n${String.raw`hint: try \u202ethis`}\n`,
  );
  expect(io.written.out).toBe('');
});

test('--json has one object on the error stream', async () => {
  const io = memoryIo();
  await reportFailure(invalidInput('bad \u202e'), io, { json: true, colours: false });
  expect(JSON.parse(io.written.err)).toEqual({
    error: { code: 'invalid-input', message: 'bad \u202e', hint: null },
  });
  expect(io.written.err).not.toContain('\u202e');
});

test('a fault of ours shows its stack only on request', async () => {
  const quiet = memoryIo();
  const loud = memoryIo(null, { HOMEPORT_DEBUG: '1' });
  expect(await reportFailure(new TypeError('x is undefined'), quiet, plain)).toBe(70);
  await reportFailure(new TypeError('x is undefined'), loud, plain);
  expect(quiet.written.err).toBe(
    'homeport: a fault of Homeport itself: x is undefined\nhint: HOMEPORT_DEBUG=1 shows where\n',
  );
  expect(loud.written.err).toContain('report-failure.test.ts');
});

test('an error stream that takes nothing changes nothing', async () => {
  const io = memoryIo();
  const err = { ...io.err, write: () => Promise.reject(new Error('ENOSPC')) };
  expect(await reportFailure(invalidInput('bad'), { ...io, err }, plain)).toBe(2);
});

test('a reader that went away is no failure', async () => {
  const io = memoryIo();
  expect(await reportFailure(closedOutput(), io, plain)).toBe(0);
  expect(io.written.err).toBe('');
});
