import { textOf } from './bytes.ts';

/** Reads numbers and texts one after the other. Past the end it gives 0 or '' and `short` is true. */
export type Cursor = {
  readonly u8: () => number;
  readonly u16: () => number;
  readonly u32: () => number;
  readonly u16le: () => number;
  readonly u32le: () => number;
  readonly bytes: (length: number) => Uint8Array;
  readonly text: (length: number) => string;
  /** Text up to a NUL, which is passed over. */
  readonly cString: () => string;
  readonly skip: (length: number) => void;
  readonly position: () => number;
  readonly remaining: () => number;
  readonly short: () => boolean;
};

/** Makes a cursor over bytes from `start`; it never throws and never copies. */
export const cursorOver = (source: Uint8Array, start = 0): Cursor => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let at = start;
  let short = false;
  const take = (length: number): number | null => {
    const from = at;
    short ||= length < 0 || from + length > source.length;
    if (short) return null;
    at = from + length;
    return from;
  };
  const numberOf = (length: number, read: (from: number) => number) => (): number => {
    const from = take(length);
    return from === null ? 0 : read(from);
  };
  const bytes = (length: number): Uint8Array => {
    const from = take(length);
    return from === null ? new Uint8Array() : source.subarray(from, from + length);
  };
  return {
    u8: numberOf(1, (from) => view.getUint8(from)),
    u16: numberOf(2, (from) => view.getUint16(from)),
    u32: numberOf(4, (from) => view.getUint32(from)),
    u16le: numberOf(2, (from) => view.getUint16(from, true)),
    u32le: numberOf(4, (from) => view.getUint32(from, true)),
    bytes,
    text: (length) => textOf(bytes(length)),
    cString: () => {
      const end = source.indexOf(0, at);
      const text = textOf(bytes(end === -1 ? source.length + 1 : end - at));
      take(1);
      return text;
    },
    skip: (length) => void take(length),
    position: () => at,
    remaining: () => source.length - at,
    short: () => short,
  };
};
