import { expect, test } from 'vitest';
import {
  displayWidth,
  takeWidth,
  truncateEnd,
  truncateMiddle,
} from '../../../../src/faces/cli/text/width.ts';

test.each([
  ['', 0],
  ['node', 4],
  ['東京', 4],
  ['e\u0301', 1],
  ['☕️', 2],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['…', 1],
  ['ｆｕｌｌ', 8],
])('%s takes %i cells', (text, cells) => {
  expect(displayWidth(text)).toBe(cells);
});

test('a wide character that does not fit is not taken in half', () => {
  expect(takeWidth('東京', 3)).toBe('東');
});

test.each([
  ['nginx', 5, 'nginx'],
  ['nginx', 4, 'ngi…'],
  ['nginx', 1, '…'],
  ['nginx', 0, ''],
  ['東京都', 4, '東…'],
])('%s in %i cells is %s', (text, width, cut) => {
  expect(truncateEnd(text, width)).toBe(cut);
});

test('a path is cut in its middle and keeps its end', () => {
  expect(truncateMiddle('/home/ann/code/shop/server.js', 16)).toBe('/home/…server.js');
  expect(truncateMiddle('/a', 16)).toBe('/a');
  expect(truncateMiddle('/abc', 2)).toBe('/…');
});

test('what is counted without segmenting is one cell each by Unicode too', () => {
  const ranges = [
    [0xa0, 0xac],
    [0xae, 0x2ff],
    [0x2010, 0x2027],
    [0x2030, 0x205e],
    [0x2190, 0x21ff],
    [0x2200, 0x22ff],
  ] as const;
  const wrong = ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) =>
      String.fromCodePoint(first + index),
    ).filter(
      (character) => displayWidth(`${character}東`) - 2 !== 1 || displayWidth(character) !== 1,
    ),
  );
  expect(wrong).toEqual([]);
});
