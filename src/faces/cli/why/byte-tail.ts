/** Keeps the end of what it is given. */
export type ByteTail = {
  readonly add: (piece: Uint8Array) => void;
  /** How many bytes were given in all. */
  readonly total: () => number;
  /** Whether some of them are no longer kept. */
  readonly isCut: () => boolean;
  /** What is kept, as text; of a text that was cut from its first whole line on. */
  readonly text: () => string;
};

/** A writer may hand over its text byte by byte: so many pieces become one. */
const mostPieces = 4096;

/** Makes a tail of at most `most` bytes. Invalid UTF-8 becomes U+FFFD in its text. */
export const createByteTail = (most: number): ByteTail => {
  let pieces: Uint8Array[] = [];
  let kept = 0;
  let total = 0;
  const bytes = (): Uint8Array => Buffer.concat(pieces).subarray(-most);
  return {
    add: (piece) => {
      pieces.push(piece);
      kept += piece.length;
      total += piece.length;
      while (kept - (pieces[0]?.length ?? 0) >= most) kept -= pieces.shift()?.length ?? 0;
      if (pieces.length > mostPieces) pieces = [bytes()];
      if (pieces.length === 1) kept = pieces[0]?.length ?? 0;
    },
    total: () => total,
    isCut: () => total > most,
    text: () => decodeTail(bytes(), total > most),
  };
};

/** Bytes as text. `isCut`: they begin anywhere in a line, which is then left out unless it is the only one. */
export const decodeTail = (bytes: Uint8Array, isCut: boolean): string => {
  const newline = isCut ? bytes.indexOf(0x0a) : -1;
  return new TextDecoder().decode(bytes.subarray(newline + 1));
};
