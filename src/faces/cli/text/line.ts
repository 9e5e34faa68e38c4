import { styleText } from 'node:util';
import { escapeText } from './escape.ts';
import { displayWidth, truncateEnd } from './width.ts';

/** What a piece of text means; `paint` decides how that looks. */
export type Style =
  | 'strong'
  | 'dim'
  | 'heading'
  | 'accent'
  | 'good'
  | 'caution'
  | 'danger'
  | 'came'
  | 'went';

/** A piece of one line: escaped already, since `span` is the only way to make one. */
export type Span = {
  readonly text: string;
  readonly style: Style | null;
  /** Whether its line is never broken, as a command that is to be copied; left out: no. */
  readonly isWhole?: boolean;
};

/** One line of output, without its end. */
export type Line = readonly Span[];

const formats: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  strong: 'bold',
  dim: 'dim',
  heading: ['bold', 'cyan'],
  accent: 'cyan',
  good: 'green',
  caution: 'yellow',
  danger: ['bold', 'red'],
  came: ['bold', 'green'],
  went: ['dim', 'red'],
};

/** Longest text shown of one value: an argv can have megabytes. */
const longest = 4000;

/** A piece of text, made safe for the terminal. */
export const span = (text: string, style: Style | null = null): Span => ({
  text: escapeText(text.length > longest ? `${text.slice(0, longest)}…` : text),
  style,
});

/** A command that is ready to paste: the terminal may wrap it, we never do. */
export const command = (text: string): Span => ({ ...span(text, 'strong'), isWhole: true });

/** A whole line of one style. */
export const line = (text: string, style: Style | null = null): Line => [span(text, style)];

/** Terminal cells that a line takes. */
export const lineWidth = (spans: Line): number =>
  spans.reduce((sum, { text }) => sum + displayWidth(text), 0);

/** The line as text, with escape sequences for its styles where `colours` is true. */
export const paint = (spans: Line, colours: boolean): string =>
  spans
    .map(({ text, style }) =>
      colours && style !== null && text !== ''
        ? styleText(formats[style], text, { validateStream: false })
        : text,
    )
    .join('');

/** Lines as text, each with its end and without trailing blanks. */
export const paintLines = (lines: readonly Line[], colours: boolean): string =>
  lines.map((spans) => `${paint(trimEnd(spans), colours)}\n`).join('');

/** The line cut to `width` cells, a final `…` where something is missing. */
export const fit = (spans: Line, width: number): Line => {
  if (lineWidth(spans) <= width) return spans;
  const fitted: Span[] = [];
  let left = width;
  for (const { text, style } of spans) {
    const cut = truncateEnd(text, left);
    fitted.push({ text: cut, style });
    left -= displayWidth(cut);
    if (cut !== text || left <= 0) break;
  }
  return markCut(fitted, width);
};

/** The line filled up with blanks to `width` cells. */
export const pad = (spans: Line, width: number, align: 'left' | 'right' = 'left'): Line => {
  const missing = width - lineWidth(spans);
  if (missing <= 0) return spans;
  const blank: Span = { text: ' '.repeat(missing), style: null };
  return align === 'left' ? [...spans, blank] : [blank, ...spans];
};

const trimEnd = (spans: Line): Line => {
  const last = spans.at(-1);
  if (last === undefined || (last.text !== '' && !last.text.endsWith(' '))) return spans;
  const text = last.text.trimEnd();
  return text === '' ? trimEnd(spans.slice(0, -1)) : [...spans.slice(0, -1), { ...last, text }];
};

/** A cut that fell between two pieces left no mark: its last cell becomes one. */
const markCut = (spans: readonly Span[], width: number): Line => {
  const last = spans.at(-1);
  if (last === undefined || last.text.endsWith('…')) return spans;
  const before = spans.slice(0, -1);
  const room = width - lineWidth(before);
  return [...before, { ...last, text: truncateEnd(`${last.text}  `, room) }];
};
