import { expect, test } from 'vitest';
import { line, lineWidth, paint } from '../../../../src/faces/cli/text/line.ts';
import { layoutTable, type Column } from '../../../../src/faces/cli/text/table.ts';

const columns: readonly Column[] = [
  { title: 'NAME', align: 'left', minimum: 6, leaves: null },
  { title: 'N', align: 'right', minimum: 3, leaves: null },
  { title: 'MORE', align: 'left', minimum: 8, leaves: 1 },
];
const rows = [
  [line('short'), line('1'), line('a')],
  [line('rather long'), line('200'), line('something more')],
];
const texts = (width: number | null, given = rows): string[] => {
  const { header, rows: laid } = layoutTable(columns, given, width);
  return [header, ...laid].map((one) => paint(one, false).trimEnd());
};

test('as wide as it gets where there is no terminal', () => {
  expect(texts(null)).toEqual([
    'NAME           N  MORE',
    'short          1  a',
    'rather long  200  something more',
  ]);
});

test('cuts the columns that have most to give', () => {
  expect(texts(26)).toEqual([
    'NAME        N  MORE',
    'short       1  a',
    'rather …  200  something …',
  ]);
  expect(layoutTable(columns, rows, 26).rows.every((row) => lineWidth(row) <= 26)).toBe(true);
});

test('lets a column leave before others are cut below their minimum', () => {
  expect(texts(18)).toEqual(['NAME           N', 'short          1', 'rather long  200']);
});

test('a column without text is left out', () => {
  const empty = rows.map(([name = [], count = []]) => [name, count, []]);
  expect(texts(null, empty)[0]).toBe('NAME           N');
});
