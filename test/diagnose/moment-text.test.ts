import { expect, test } from 'vitest';
import { momentText } from '../../src/diagnose/moment-text.ts';

const noon = new Date(2026, 10, 21, 12, 0, 0).toISOString();
const at = (...parts: [number, number, number, number, number, number, number]) =>
  momentText(new Date(...parts).toISOString(), noon);

test('a moment of the same day is a time, another has its date, in the time of this machine', () => {
  expect(at(2026, 10, 21, 9, 3, 7, 512)).toBe('09:03:07');
  expect(at(2026, 10, 20, 23, 59, 59, 999)).toBe('2026-11-20 23:59:59');
  expect(at(2026, 0, 2, 3, 4, 5, 0)).toBe('2026-01-02 03:04:05');
});

test('what is no moment stays as it is', () => {
  expect(momentText('lately', noon)).toBe('lately');
});
