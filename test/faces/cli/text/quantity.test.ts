import { expect, test } from 'vitest';
import {
  byteSize,
  counted,
  longDuration,
  shortDuration,
} from '../../../../src/faces/cli/text/quantity.ts';

const second = 1000;
const hour = 3_600_000;
const day = 24 * hour;

test.each([
  [-5, '0s', '0 seconds'],
  [0, '0s', '0 seconds'],
  [1.5 * second, '1s', '1 second'],
  [59.9 * second, '59s', '59 seconds'],
  [60 * second, '1m', '1 minute'],
  [hour, '1h', '1 hour'],
  [47 * hour, '47h', '47 hours'],
  [48 * hour, '2d', '2 days'],
  [21 * day, '3w', '3 weeks'],
  [800 * day, '2y', '2 years'],
])('%d ms is %s', (ms, short, long) => {
  expect(shortDuration(ms)).toBe(short);
  expect(longDuration(ms)).toBe(long);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [90_211, '90 kB'],
  [1_234_567, '1.2 MB'],
  [5e12, '5.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});

test('counts with the right noun', () => {
  expect([counted(1, 'listener'), counted(12_345, 'listener')]).toEqual([
    '1 listener',
    '12,345 listeners',
  ]);
});
