import { expect, test } from 'vitest';
import { createPainter } from '../../../../src/faces/cli/watch/painter.ts';

const size = { columns: 80, rows: 5 };

test('the first frame is drawn whole', () => {
  expect(createPainter().draw(['a', 'b'], size)).toBe('\x1b[2J\x1b[1;1Ha\x1b[2;1Hb');
});

test('then only lines that changed are drawn', () => {
  const painter = createPainter();
  painter.draw(['a', 'b', 'c'], size);
  expect(painter.draw(['a', 'B', 'c'], size)).toBe('\x1b[2;1H\x1b[2KB');
});

test('a frame that is the same writes nothing', () => {
  const painter = createPainter();
  painter.draw(['a', 'b'], size);
  expect(painter.draw(['a', 'b'], size)).toBe('');
});

test('a shorter frame clears what is below it, a longer one adds', () => {
  const painter = createPainter();
  painter.draw(['a', 'b', 'c'], size);
  expect(painter.draw(['a'], size)).toBe('\x1b[2;1H\x1b[J');
  expect(painter.draw(['a', 'd'], size)).toBe('\x1b[2;1H\x1b[2Kd');
});

test('nothing is drawn below the screen', () => {
  const lines = Array.from({ length: 9 }, (_, row) => `${row}`);
  expect(createPainter().draw(lines, size)).not.toContain('\x1b[6;');
});

test('after forget a frame is drawn whole', () => {
  const painter = createPainter();
  painter.draw(['a'], size);
  painter.forget();
  expect(painter.draw(['a'], size)).toBe('\x1b[2J\x1b[1;1Ha');
});

test('takes the alternate screen without a cursor and gives both back', () => {
  const painter = createPainter();
  expect(painter.enter()).toBe('\x1b[?1049h\x1b[?25l\x1b[2J');
  expect(painter.leave()).toBe('\x1b[?25h\x1b[?1049l');
});
