import fc from 'fast-check';
import { expect, test } from 'vitest';
import { line, lineWidth, paint, span } from '../../../../src/faces/cli/text/line.ts';
import { wrap } from '../../../../src/faces/cli/text/wrap.ts';

const texts = (text: string, width: number, indent = 0): string[] =>
  wrap(line(text), width, indent).map((one) => paint(one, false).trimEnd());

test('breaks at blanks', () => {
  expect(texts('one two three', 7)).toEqual(['one two', 'three']);
});

test('indents what follows', () => {
  expect(texts('one two three', 8, 2)).toEqual(['one two', '  three']);
});

test('cuts a word that is wider than a line', () => {
  expect(texts('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
});

test('keeps the styles of the pieces', () => {
  const [, second] = wrap([span('one two ', 'strong'), span('three', 'dim')], 8);
  expect(second?.map(({ style }) => style)).toEqual(['dim']);
});

test('no line is wider than asked, and no word is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 8, max: 40 }), (text, width) => {
      const lines = wrap(line(text), width, 2);
      expect(
        Math.max(
          0,
          ...lines.map((one) => lineWidth(one.filter(({ text: word }) => word.trim() !== ''))),
        ),
      ).toBeLessThanOrEqual(width);
      const words = (from: string): string => from.replaceAll(' ', '');
      expect(words(lines.map((one) => paint(one, false)).join(''))).toBe(
        words(paint(line(text), false)),
      );
    }),
  );
});
