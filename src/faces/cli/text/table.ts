import { fit, lineWidth, pad, span, type Line } from './line.ts';

/** How a column looks and what it gives up when the terminal is narrow. */
export type Column = {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Cells below which it isn't cut; its natural width where that is less. */
  readonly minimum: number;
  /** Columns leave in this order, 1 first, when cutting is not enough; null: never. */
  readonly leaves: number | null;
};

export type Table = { readonly header: Line; readonly rows: readonly Line[] };

const gap = 2;

/**
 * Lays cells out in aligned columns. `width` is the room in cells; null: as wide as it gets, nothing
 * is cut or left out. A column without any text is left out.
 */
export const layoutTable = (
  columns: readonly Column[],
  rows: readonly (readonly Line[])[],
  width: number | null,
): Table => {
  const natural = columns.map((column, index) => naturalWidth(column, index, rows));
  const widths = width === null ? natural : shrink(columns, natural, width);
  return {
    header: joinCells(
      columns,
      widths,
      columns.map(({ title }) => [span(title, 'dim')]),
    ),
    rows: rows.map((cells) => joinCells(columns, widths, cells)),
  };
};

const naturalWidth = (
  column: Column,
  index: number,
  rows: readonly (readonly Line[])[],
): number => {
  const widest = rows.reduce((most, cells) => Math.max(most, lineWidth(cells[index] ?? [])), 0);
  return widest === 0 ? 0 : Math.max(widest, column.title.length);
};

/** Lets columns leave until the minimums fit, then cuts the column that has most above its own. */
const shrink = (
  columns: readonly Column[],
  natural: readonly number[],
  width: number,
): number[] => {
  const widths = [...natural];
  const least = columns.map((column, index) => Math.min(column.minimum, natural[index] ?? 0));
  for (const leaving of leavingOrder(columns)) {
    if (total(least.map((minimum, index) => (widths[index] === 0 ? 0 : minimum))) <= width) break;
    widths[leaving] = 0;
  }
  cut(widths, least, width);
  cut(
    widths,
    least.map((minimum, index) => (index === 0 ? minimum : Math.min(minimum, tiny))),
    width,
  );
  cut(
    widths,
    least.map(() => 1),
    width,
  );
  return widths;
};

/** Cells of a column on a terminal too narrow for the minimums: the first column is spared longest. */
const tiny = 8;

/** Takes cells, one at a time, from the column that has most above its floor. */
const cut = (widths: number[], floors: readonly number[], width: number): void => {
  for (let excess = total(widths) - width; excess > 0; excess -= 1) {
    const index = mostToGive(widths, floors);
    if (index === null) return;
    widths[index] = (widths[index] ?? 0) - 1;
  }
};

const leavingOrder = (columns: readonly Column[]): number[] =>
  columns
    .map(({ leaves }, index) => ({ leaves, index }))
    .filter((column) => column.leaves !== null)
    .sort((a, b) => (a.leaves ?? 0) - (b.leaves ?? 0))
    .map(({ index }) => index);

const mostToGive = (widths: readonly number[], least: readonly number[]): number | null => {
  let best: number | null = null;
  let most = 0;
  widths.forEach((width, index) => {
    const spare = width - (least[index] ?? 0);
    if (spare > most) [best, most] = [index, spare];
  });
  return best;
};

const total = (widths: readonly number[]): number => {
  const shown = widths.filter((width) => width > 0);
  return shown.reduce((sum, width) => sum + width, 0) + gap * Math.max(0, shown.length - 1);
};

const joinCells = (
  columns: readonly Column[],
  widths: readonly number[],
  cells: readonly Line[],
): Line => {
  const shown = columns.flatMap(({ align }, index) => {
    const width = widths[index] ?? 0;
    return width === 0 ? [] : [pad(fit(cells[index] ?? [], width), width, align)];
  });
  return shown.flatMap((cell, index) => (index === 0 ? cell : [span(' '.repeat(gap)), ...cell]));
};
