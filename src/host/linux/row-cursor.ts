/**
 * A place in a table of /proc/net. `isWrong` once something else stood there than was asked for:
 * everything read since is worth nothing then. Reading allocates nothing.
 */
export type RowCursor = { readonly bytes: Uint8Array; at: number; isWrong: boolean };

const wordDigits = 8;
const [lineFeed, space, colon] = [10, 32, 58];

/**
 * Reads the number that follows spaces and colons, in base 10 or 16, up to the next of these or the
 * line's end.
 */
export const readNumber = (cursor: RowCursor, base: 10 | 16): number => {
  const { bytes } = cursor;
  let { at } = cursor;
  while (bytes[at] === space || bytes[at] === colon) at += 1;
  const start = at;
  let value = 0;
  for (let digit = digitOf(bytes[at], base); digit >= 0; digit = digitOf(bytes[at], base)) {
    value = value * base + digit;
    at += 1;
  }
  cursor.at = at;
  cursor.isWrong ||= at === start || !isSeparator(bytes[at]);
  return value;
};

/** Reads exactly eight hexadecimal digits, after spaces: a word of an address in native byte order. */
export const readWord = (cursor: RowCursor): number => {
  const { bytes } = cursor;
  let { at } = cursor;
  while (bytes[at] === space) at += 1;
  let value = 0;
  for (const end = at + wordDigits; at < end; at += 1) {
    const digit = digitOf(bytes[at], 16);
    if (digit < 0) cursor.isWrong = true;
    value = (value << 4) | digit;
  }
  cursor.at = at;
  return value >>> 0;
};

/** Moves over a colon. */
export const skipColon = (cursor: RowCursor): void => {
  cursor.isWrong ||= cursor.bytes[cursor.at] !== colon;
  cursor.at += 1;
};

/** Moves to the begin of the next line; false where there is none. */
export const nextRow = (cursor: RowCursor): boolean => {
  const feed = cursor.bytes.indexOf(lineFeed, cursor.at);
  cursor.at = feed + 1;
  cursor.isWrong = false;
  return feed !== -1 && cursor.at < cursor.bytes.length;
};

const isSeparator = (byte: number | undefined): boolean =>
  byte === space || byte === colon || byte === lineFeed || byte === undefined;

/** The value of a digit (capital letters in base 16, as the kernel prints them); -1 for others. */
const digitOf = (byte: number | undefined, base: 10 | 16): number => {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  return base === 16 && byte >= 65 && byte <= 70 ? byte - 55 : -1;
};
