import { describe, expect, it } from 'vitest';
import {
  nextRow,
  readNumber,
  readWord,
  skipColon,
  type RowCursor,
} from '../../src/host/linux/row-cursor.ts';

const at = (text: string): RowCursor => ({ bytes: Buffer.from(text), at: 0, isWrong: false });

describe('readNumber', () => {
  it.each([
    ['  42 7', 10, 42],
    [':0A:', 16, 10],
    ['FFFFFFFF\n', 16, 0xffffffff],
    ['284947', 10, 284947],
  ] as const)('reads %j in base %d', (text, base, expected) => {
    const cursor = at(text);
    expect(readNumber(cursor, base)).toBe(expected);
    expect(cursor.isWrong).toBe(false);
  });

  it.each([
    ['', 10],
    ['  \n42', 10],
    ['x', 10],
    ['4A', 10],
    ['0a', 16],
    ['-1', 10],
  ] as const)('finds %j wrong in base %d', (text, base) => {
    const cursor = at(text);
    readNumber(cursor, base);
    expect(cursor.isWrong).toBe(true);
  });
});

describe('readWord', () => {
  it('reads eight digits and no more', () => {
    const cursor = at(' FF00007F01000000:');
    expect([readWord(cursor), readWord(cursor)]).toEqual([0xff00007f, 0x01000000]);
    skipColon(cursor);
    expect(cursor.isWrong).toBe(false);
  });

  it.each(['0100:0050', '0100007', '0100007G', '0100\n007F'])('finds %j wrong', (text) => {
    const cursor = at(text);
    readWord(cursor);
    expect(cursor.isWrong).toBe(true);
  });
});

describe('nextRow', () => {
  it('visits every line but the first, and forgives the one before', () => {
    const cursor = at('head\n1\nx\n3\n');
    const numbers: (number | null)[] = [];
    while (nextRow(cursor)) {
      const value = readNumber(cursor, 10);
      numbers.push(cursor.isWrong ? null : value);
    }
    expect(numbers).toEqual([1, null, 3]);
    expect(nextRow(at('head'))).toBe(false);
  });
});
