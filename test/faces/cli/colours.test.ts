import { expect, test } from 'vitest';
import { wantsColours } from '../../../src/faces/cli/colours.ts';
import { readArguments } from '../../../src/faces/cli/read-arguments.ts';
import { memoryIo } from './support/memory-io.ts';

const terminal = { columns: 80, rows: 24 };
const wants = (
  size: typeof terminal | null,
  env: Record<string, string>,
  ...argv: string[]
): boolean => wantsColours(memoryIo(size).out, env, readArguments(argv));

test.each<[string, typeof terminal | null, Record<string, string>, string[], boolean]>([
  ['a terminal', terminal, {}, [], true],
  ['a pipe', null, {}, [], false],
  ['NO_COLOR', terminal, { NO_COLOR: '1' }, [], false],
  ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, [], true],
  ['FORCE_COLOR into a pipe', null, { FORCE_COLOR: '1' }, [], true],
  ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, [], false],
  ['NO_COLOR and FORCE_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, [], false],
  ['a dumb terminal', terminal, { TERM: 'dumb' }, [], false],
  ['--color into a pipe', null, { NO_COLOR: '1' }, ['--color'], true],
  ['--no-color', terminal, { FORCE_COLOR: '1' }, ['--no-color'], false],
])('%s', (_, size, env, argv, expected) => {
  expect(wants(size, env, ...argv)).toBe(expected);
});
