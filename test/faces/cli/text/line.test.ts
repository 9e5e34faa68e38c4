import { expect, test } from 'vitest';
import {
  fit,
  line,
  lineWidth,
  pad,
  paint,
  paintLines,
  span,
} from '../../../../src/faces/cli/text/line.ts';

const plain = (spans: Parameters<typeof paint>[0]): string => paint(spans, false);

test('a span escapes what it is given', () => {
  expect(plain([span('a\x1b[2J')])).toBe(String.raw`a\x1b[2J`);
});

test('a value of a megabyte is cut visibly', () => {
  expect(plain(line('x'.repeat(1_000_000)))).toBe(`${'x'.repeat(4000)}…`);
});

test('colours only where they are wanted, and none around nothing', () => {
  const spans = [span('a', 'strong'), span('', 'dim'), span('b')];
  expect(paint(spans, true)).toBe('\x1b[1ma\x1b[22mb');
  expect(paint(spans, false)).toBe('ab');
});

test('lines end without blanks', () => {
  expect(paintLines([[span('a  '), span('  ')], []], false)).toBe('a\n\n');
  expect(paintLines([[span('a'), span('  '), span('', 'dim')]], true)).toBe('a\n');
});

test('fit cuts within a piece and marks it', () => {
  expect(plain(fit([span('abc'), span('defg')], 5))).toBe('abcd…');
});

test('fit marks a cut that falls between two pieces', () => {
  expect(plain(fit([span('abc'), span('defg')], 3))).toBe('ab…');
});

test('fit leaves what fits', () => {
  expect(plain(fit([span('abc'), span('de')], 5))).toBe('abcde');
});

test('pad counts cells, not code units', () => {
  expect(plain(pad(line('東京'), 6))).toBe('東京  ');
  expect(plain(pad(line('7'), 3, 'right'))).toBe('  7');
  expect(lineWidth(pad(line('toolong'), 3))).toBe(7);
});
