import { expect, test } from 'vitest';
import { dateText, dayText, momentText } from '../../src/diagnose/time-text.ts';

test.each([
  ['2021-01-01T00:00:00.000Z', '2021-01-01', '2021-01-01T00:00:00Z'],
  ['2026-11-21T23:30:05.250-01:00', '2026-11-22', '2026-11-22T00:30:05Z'],
  ['unknown', 'unknown', 'unknown'],
])('%s', (time, day, moment) => {
  expect(dayText(time)).toBe(day);
  expect(momentText(time)).toBe(moment);
});

test('a time of today is told to the second', () => {
  const now = '2026-11-21T12:00:00.000Z';
  expect(dateText('2026-11-21T12:01:00.000Z', now)).toBe('2026-11-21T12:01:00Z');
  expect(dateText('2026-11-20T12:01:00.000Z', now)).toBe('2026-11-20');
});
