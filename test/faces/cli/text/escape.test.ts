import { expect, test } from 'vitest';
import { escapeLines, escapeText } from '../../../../src/faces/cli/text/escape.ts';

test.each([
  ['a) S 1 \n\x1b]0;pw\x07', String.raw`a) S 1 \n\x1b]0;pw\x07`],
  ['\x00\x08\x7f', String.raw`\x00\x08\x7f`],
  ['\x9b31m\x85', String.raw`\x9b31m\x85`],
  ['\r\t', String.raw`\r\t`],
  ['abc\u202etxt.exe', String.raw`abc\u202etxt.exe`],
  ['\u2066a\u2069\u200f\u061c', String.raw`\u2066a\u2069\u200f\u061c`],
  ['\u2028\u2029', String.raw`\u2028\u2029`],
  ['a\u200bb\ufeffc', String.raw`a\u200bb\ufeffc`],
  ['\u{e0041}', String.raw`\u{e0041}`],
  ['\ud800x', String.raw`\ud800x`],
])('shows %j as %s', (text, shown) => {
  expect(escapeText(text)).toBe(shown);
});

test.each(['Käse ☕ 東京', '<script>alert(1)</script>', String.raw`C:\Users`, '👩‍👩‍👧', '\ufffd'])(
  'leaves %s as it is',
  (text) => {
    expect(escapeText(text)).toBe(text);
  },
);

test('no C0 or C1 control is left of all there are', () => {
  const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('');
  expect(escapeText(controls)).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
});

test('text of several lines of our own keeps its lines', () => {
  expect(escapeLines('Error: \x1b[2J\n  at x')).toBe(`Error: ${String.raw`\x1b`}[2J\n  at x`);
});
