import { pad, span, type Line } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import type { Section } from './explanation/section.ts';

/** Cells of the margin that labels stand in. */
export const margin = 11;

/** Longer lines are hard to read. */
const widest = 100;

/** Cells that an answer takes on a terminal of `columns`; null: no terminal, nothing is wrapped. */
export const answerWidth = (columns: number | null): number =>
  columns === null ? Infinity : Math.max(40, Math.min(columns, widest));

/** Sections that belong together, a blank line before them; nothing for none. */
export const groupLines = (sections: readonly Section[], width: number): Line[] => {
  const lines = sections.flatMap((section) => sectionLines(section, width));
  return lines.length === 0 ? [] : [[], ...lines];
};

const sectionLines = ({ label, lines }: Section, width: number): Line[] => {
  const wrapped = lines.flatMap((one) => wrap(one, width - margin, hang(one)));
  return wrapped.map((one, index): Line => [
    ...pad([span(index === 0 ? label : '', 'dim')], margin),
    ...one,
  ]);
};

/** Cells before what goes on of a line that is wrapped: two more than before its start. */
export const hang = (one: Line): number => {
  const text = one[0]?.text ?? '';
  return text.length - text.trimStart().length + 2;
};
