import { expect, test } from 'vitest';
import { parseDuration } from '../../../src/faces/cli/parse-duration.ts';

const unbounded = { minimum: null, maximum: null };

test.each([
  ['2', 2000],
  ['0.5', 500],
  ['2s', 2000],
  ['500ms', 500],
  ['1m', 60_000],
])('%s is %i ms', (text, ms) => {
  expect(parseDuration(text, '--interval', unbounded)).toBe(ms);
});

test.each(['', '-1', '1d', '1e3', '１', '1.2.3', ' 1', 'Infinity'])('%j is no duration', (text) => {
  expect(() => parseDuration(text, '--interval', unbounded)).toThrow('--interval is no duration');
});

test('bounds are inclusive', () => {
  const bounds = { minimum: 100, maximum: 1000 };
  expect(parseDuration('1', '-i', bounds)).toBe(1000);
  expect(() => parseDuration('1.001', '-i', bounds)).toThrow("can't be 1.001");
  expect(() => parseDuration('99ms', '-i', bounds)).toThrow("can't be 99ms");
});

test('the bounds are told as they would be typed', () => {
  const bounds = { minimum: 100, maximum: 3_600_000 };
  expect(() => parseDuration('0', '-i', bounds)).toThrow(
    expect.objectContaining({ hint: 'it must be at least 100ms and at most 60m' }),
  );
});
