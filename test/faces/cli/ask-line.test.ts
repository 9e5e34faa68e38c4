import { expect, test } from 'vitest';
import { agrees, canAsk, openQuestions } from '../../../src/faces/cli/ask-line.ts';
import { memoryInput, memoryIo } from './support/memory-io.ts';

test('reads a line for each question, however they come in', async () => {
  const io = memoryIo(null, {}, memoryInput(['ye', 's\n 1 3 \nlas', 't']));
  const questions = openQuestions(io);
  expect(await questions.ask('One?')).toBe('yes');
  expect(await questions.ask('Two?\u001b[2J')).toBe('1 3');
  expect(await questions.ask('Three?')).toBeNull();
  await questions.close();
  expect(io.written).toMatchObject({ out: '', err: 'One? Two?\\x1b[2J Three? ' });
});

test('asks only where a person sits', () => {
  const size = { columns: 80, rows: 24 };
  expect(canAsk(memoryIo(size))).toBe(true);
  expect(canAsk(memoryIo(null))).toBe(false);
  expect(canAsk(memoryIo(size, {}, memoryInput([])))).toBe(false);
});

test.each([
  ['y', true],
  ['Yes', true],
  ['', false],
  ['n', false],
  ['yo', false],
  [null, false],
])('%j agrees: %s', async (answer, expected) => {
  const questions = { ask: async () => answer, close: async () => {} };
  expect(await agrees(questions, 'Go on?')).toBe(expected);
});
