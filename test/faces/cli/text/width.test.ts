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
