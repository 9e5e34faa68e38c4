import { expect, test } from 'vitest';
import { wantsColours } from '../../../src/faces/cli/colours.ts';
import { readArguments } from '../../../src/faces/cli/read-arguments.ts';
import { memoryIo } from './support/memory-io.ts';

const terminal = { columns: 80, rows: 24 };
type Case = {
  readonly size?: typeof terminal;
  readonly env?: Record<string, string>;
  readonly argv?: readonly string[];
};

test.each<[string, Case, boolean]>([
  ['a terminal', { size: terminal }, true],
  ['a pipe', {}, false],
  ['NO_COLOR', { size: terminal, env: { NO_COLOR: '1' } }, false],
  ['an empty NO_COLOR', { size: terminal, env: { NO_COLOR: '' } }, true],
  ['FORCE_COLOR into a pipe', { env: { FORCE_COLOR: '1' } }, true],
  ['FORCE_COLOR=0', { size: terminal, env: { FORCE_COLOR: '0' } }, false],
  ['NO_COLOR and FORCE_COLOR', { size: terminal, env: { NO_COLOR: '1', FORCE_COLOR: '1' } }, false],
  ['a dumb terminal', { size: terminal, env: { TERM: 'dumb' } }, false],
  ['--color into a pipe', { env: { NO_COLOR: '1' }, argv: ['--color'] }, true],
  ['--no-color', { size: terminal, env: { FORCE_COLOR: '1' }, argv: ['--no-color'] }, false],
])('%s', (_, { size = null, env = {}, argv = [] }, expected) => {
  expect(wantsColours(memoryIo(size).out, env, readArguments(argv))).toBe(expected);
});
