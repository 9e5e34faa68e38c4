import { expect, test } from 'vitest';
import { chosenFrom } from '../../../src/faces/cli/choose-numbers.ts';

const list = ['a', 'b', 'c', 'd'];

test.each([
  ['1', ['a']],
  ['3 1', ['a', 'c']],
  ['1,4', ['a', 'd']],
  ['2-3', ['b', 'c']],
  [' 2 , 2 ', ['b']],
  ['all', list],
  ['', []],
  ['0', []],
  ['5', []],
  ['1 5', []],
  ['3-1', []],
  ['1 b', []],
  ['none', []],
  ['-1', []],
])('%j chooses %j', (answer, chosen) => {
  expect(chosenFrom(answer, list)).toEqual(chosen);
});
