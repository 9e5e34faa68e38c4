import { listenerKey } from '../../../explain/listener-key.ts';
import { fit, span, type Line } from '../text/line.ts';
import { layoutTable } from '../text/table.ts';
import { connectionTable } from './connection-table.ts';
import { listFooter } from './list-footer.ts';
import { groupListeners } from './listener-groups.ts';
import { listenerCells, listenerColumns } from './listener-row.ts';
import type { ListView, Mark, ShownList, ShownListener } from './list-view.ts';

/** Renders a list of listeners: a table in groups, and a footer with what could not be read. */
export const renderList = (list: ShownList, view: ListView): Line[] => [
  ...listenerTable(list, view),
  ...connectionTable(list.connections ?? [], view.columns),
  ...listFooter(list, view),
];

const listenerTable = ({ listeners, takenAt }: ShownList, view: ListView): Line[] => {
  if (listeners.length === 0) return [];
  const now = Date.parse(takenAt);
  const groups = groupListeners(listeners, view.home);
  const ordered = groups.flatMap((group) => group.listeners);
  const cells = ordered.map((listener) => markedCells(listener, now, view));
  const room = view.columns === null ? null : view.columns - markWidth;
  const table = layoutTable(listenerColumns, cells, room);
  const lines: Line[] = [[blankMark, ...table.header]];
  let row = 0;
  for (const group of groups) {
    if (row > 0) lines.push([]);
    lines.push(view.columns === null ? group.heading : fit(group.heading, view.columns));
    for (const listener of group.listeners) {
      lines.push([markSpan(view.marks.get(listenerKey(listener))), ...(table.rows[row] ?? [])]);
      row += 1;
    }
  }
  return lines;
};

const markWidth = 2;
const blankMark = span('  ');

const markSpan = (mark: Mark | undefined) => {
  if (mark === undefined) return blankMark;
  return mark === 'came' ? span('+ ', 'came') : span('− ', 'went');
};

/** A row that went is shown faint as a whole. */
const markedCells = (listener: ShownListener, now: number, view: ListView): readonly Line[] => {
  const cells = listenerCells(listener, now);
  const mark = view.marks.get(listenerKey(listener));
  if (mark === undefined) return cells;
  return mark === 'went'
    ? cells.map((cell) => cell.map(({ text }) => ({ text, style: 'went' as const })))
    : cells.map((cell, index) =>
        index === 0 ? cell.map(({ text }) => ({ text, style: 'came' as const })) : cell,
      );
};
