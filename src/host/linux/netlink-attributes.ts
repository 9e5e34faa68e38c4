import type { NativeBuffer } from './ffi.ts';

const attributeHeaderSize = 4;

/** What is told of an attribute: its type, and where in `reply` its value stands. */
export type VisitAttribute = (
  reply: NativeBuffer,
  type: number,
  offset: number,
  size: number,
) => void;

/**
 * Visits the attributes (struct nlattr) between `start` and `end` of a netlink message: type, offset
 * and size of the value. Stops at an attribute that reaches beyond `end`.
 */
export const forEachAttribute = (
  reply: NativeBuffer,
  start: number,
  end: number,
  visit: VisitAttribute,
): void => {
  const { words } = reply;
  for (let at = start; at + attributeHeaderSize <= end;) {
    const word = words[at >> 2] ?? 0;
    const size = word & 0xffff;
    if (size < attributeHeaderSize || at + size > end) return;
    visit(reply, (word >>> 16) & 0x3fff, at + attributeHeaderSize, size - attributeHeaderSize);
    at += (size + 3) & ~3;
  }
};

/** A 64-bit unsigned number in native order as a double: exact up to 2^53. */
export const wide = (words: Uint32Array, offset: number): number =>
  (words[offset >> 2] ?? 0) + (words[(offset >> 2) + 1] ?? 0) * 2 ** 32;
