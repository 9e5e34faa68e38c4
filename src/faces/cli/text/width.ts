import { eastAsianWidth } from 'get-east-asian-width';

/**
 * ASCII, Latin, punctuation, arrows and operators: one code unit, one cell each, and no need for
 * Intl.Segmenter, which takes ten milliseconds to load.
 */
const oneCellEach =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2200-\u22ff]*$/;
const zeroWidth = /^[\p{Mark}\p{Cf}]/u;
const emojiVariant = '\ufe0f';
const regionalPair = /^[\u{1f1e6}-\u{1f1ff}]{2}/u;

let segmenter: Intl.Segmenter | undefined;

/** How many terminal cells escaped text takes: wide characters and emoji 2, combining marks 0. */
export const displayWidth = (text: string): number =>
  oneCellEach.test(text)
    ? text.length
    : graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);

/** The longest start of `text` that takes at most `width` cells. */
export const takeWidth = (text: string, width: number): string => {
  if (oneCellEach.test(text)) return text.slice(0, Math.max(0, width));
  let used = 0;
  let taken = '';
  for (const grapheme of graphemes(text)) {
    used += graphemeWidth(grapheme);
    if (used > width) break;
    taken += grapheme;
  }
  return taken;
};

/** `text` cut to at most `width` cells; what was cut shows as a final `…`. */
export const truncateEnd = (text: string, width: number): string =>
  displayWidth(text) <= width ? text : width < 1 ? '' : `${takeWidth(text, width - 1)}…`;

/** `text` cut to at most `width` cells in its middle: for paths, whose end says most. */
export const truncateMiddle = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  if (width < 3) return truncateEnd(text, width);
  const tail = Math.ceil((width - 1) * 0.6);
  return `${takeWidth(text, width - 1 - tail)}…${takeWidthFromEnd(text, tail)}`;
};

const takeWidthFromEnd = (text: string, width: number): string => {
  let used = 0;
  let taken = '';
  for (const grapheme of graphemes(text).reverse()) {
    used += graphemeWidth(grapheme);
    if (used > width) break;
    taken = grapheme + taken;
  }
  return taken;
};

const graphemes = (text: string): string[] => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
};

const graphemeWidth = (grapheme: string): number => {
  if (zeroWidth.test(grapheme)) return 0;
  if (grapheme.includes(emojiVariant) || regionalPair.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
};
