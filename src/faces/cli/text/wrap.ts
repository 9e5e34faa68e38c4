import { lineWidth, type Line, type Span } from './line.ts';
import { displayWidth, takeWidth } from './width.ts';

/**
 * Breaks a line at blanks so that none is wider than `width` cells; a word wider than that is cut,
 * a line with a command left as it is.
 * Following lines start with `indent` blanks, which count.
 */
export const wrap = (spans: Line, width: number, indent = 0): Line[] => {
  if (lineWidth(spans) <= width || spans.some(({ isWhole }) => isWhole === true)) return [spans];
  const lines: Span[][] = [[]];
  let used = 0;
  for (const word of words(spans, Math.max(1, width - indent))) {
    const size = displayWidth(word.text);
    const isBlank = word.text.trim() === '';
    const startsLine = lines.length > 1 && used === indent;
    if (isBlank && (startsLine || used + size > width)) continue;
    if (used + size > width) {
      lines.push(indent > 0 ? [{ text: ' '.repeat(indent), style: null }] : []);
      used = indent;
    }
    lines.at(-1)?.push(word);
    used += size;
  }
  return lines;
};

/** Words and blanks in turn, each with its style; none wider than `width`. */
const words = (spans: Line, width: number): Span[] =>
  spans.flatMap(({ text, style }) =>
    (text.match(/ +|[^ ]+/g) ?? []).flatMap((word) =>
      pieces(word, width).map((piece) => ({ text: piece, style })),
    ),
  );

const pieces = (word: string, width: number): string[] => {
  if (displayWidth(word) <= width) return [word];
  const first = takeWidth(word, width) || word.slice(0, 1);
  return [first, ...pieces(word.slice(first.length), width)];
};
