import { describe, expect, it } from 'vitest';
import { createByteTail, decodeTail } from '../../../../src/faces/cli/why/byte-tail.ts';

const tailOf = (most: number, pieces: readonly string[]) => {
  const tail = createByteTail(most);
  for (const piece of pieces) tail.add(Buffer.from(piece));
  return tail;
};

describe('the tail of a stream', () => {
  it('is all of it where it fits', () => {
    const tail = tailOf(11, ['one\n', 'two\n', 'end']);
    expect([tail.text(), tail.isCut(), tail.total()]).toEqual(['one\ntwo\nend', false, 11]);
  });

  it('begins with a whole line where it was cut', () => {
    const tail = tailOf(6, ['one\n', 'two\n', 'end']);
    expect([tail.text(), tail.isCut(), tail.total()]).toEqual(['end', true, 11]);
  });

  it('is a piece of a line that is longer', () => {
    expect(tailOf(4, ['abc', 'def', 'ghi']).text()).toBe('fghi');
  });

  it('takes a piece that is larger than itself', () => {
    expect(tailOf(4, ['x', 'abcdefgh']).text()).toBe('efgh');
  });

  it('holds what comes byte by byte', () => {
    const text = 'connect ECONNREFUSED\n'.repeat(1000);
    expect(tailOf(10_500, text.split('')).text()).toBe(text.slice(-10_500 + 21));
    expect(tailOf(100_000, text.split('')).text()).toBe(text);
  });

  it('replaces what is no UTF-8 and drops a byte order mark', () => {
    expect(decodeTail(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0x62]), false)).toBe('a\ufffdb');
  });
});
