import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBson, encodeBson } from '../../src/protocols/wire/bson.ts';
import { beginsWith, bytesOf, firstLine, previewOf } from '../../src/protocols/wire/bytes.ts';
import { cursorOver } from '../../src/protocols/wire/cursor.ts';

describe('a cursor', () => {
  test('reads numbers of both orders, texts and bytes', () => {
    const cursor = cursorOver(Buffer.from([1, 2, 3, 3, 2, 4, 0, 0, 0, 0x61, 0x62, 0, 0x63, 9]));
    expect([cursor.u8(), cursor.u16(), cursor.u16le(), cursor.u32le()]).toEqual([1, 515, 515, 4]);
    expect([cursor.cString(), cursor.text(1), cursor.remaining()]).toEqual(['ab', 'c', 1]);
    expect(cursor.short()).toBe(false);
    expect([cursor.u16(), cursor.short(), cursor.u8()]).toEqual([0, true, 0]);
  });

  test('stays short where a length is past the end, negative or without its NUL', () => {
    for (const read of ['bytes', 'text', 'skip'] as const) {
      for (const length of [5, -1, 2 ** 32]) {
        const cursor = cursorOver(Buffer.from('abcd'));
        cursor[read](length);
        expect([read, length, cursor.short()]).toEqual([read, length, true]);
      }
    }
    const cursor = cursorOver(Buffer.from('abcd'));
    expect([cursor.cString(), cursor.short()]).toEqual(['', true]);
  });
});

describe('BSON', () => {
  test('of plain values is read back', () => {
    const document = { a: 1, b: 'text é', c: true, d: false, e: 2_147_483_647 };
    expect(decodeBson(encodeBson(document))).toEqual(new Map(Object.entries(document)));
  });

  test('of MongoDB’s own making is read, other types passed over', () => {
    // { n: 1.0, d: Date(0), o: ObjectId(0…), s: {}, l: Long(1), z: null, ok: 1.0 }
    const elements = [
      '01 6e00 000000000000f03f',
      '09 6400 0000000000000000',
      '07 6f00 000000000000000000000000',
      '03 7300 0500000000',
      '12 6c00 0100000000000000',
      '0a 7a00',
      '05 6200 02000000 00 ffff',
      '01 6f6b00 000000000000f03f',
    ];
    const body = Buffer.from(elements.join('').replaceAll(' ', ''), 'hex');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(body.length + 5);
    const document = Buffer.concat([length, body, Buffer.of(0)]);
    expect(decodeBson(document)).toEqual(
      new Map([
        ['n', 1],
        ['ok', 1],
      ]),
    );
  });

  test('that is cut, or of unknown types, is not read', () => {
    const document = encodeBson({ a: 1, b: 'text' });
    for (let length = 0; length < document.length; length += 1) {
      expect(decodeBson(document.subarray(0, length))).toBe(null);
    }
    expect(decodeBson(Buffer.from('080000007f610000', 'hex'))).toBe(null);
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodeBson(bytes)));
  });
});

describe('bytes', () => {
  test.each([
    ['', 'more'],
    ['AB', 'more'],
    ['ABC', 'yes'],
    ['ABCD', 'yes'],
    ['AX', 'no'],
  ])('%j begins with ABC: %s', (text, begins) => {
    expect(beginsWith(bytesOf(text), 'ABC')).toBe(begins);
  });

  test.each([
    ['one\r\ntwo', 'one'],
    ['one\ntwo', 'one'],
    ['\n', ''],
    ['one', null],
    ['', null],
  ])('%j has the first line %j', (text, line) => {
    expect(firstLine(bytesOf(text))).toBe(line);
  });

  test('are shown as text where they are text, as hex else, 32 at most', () => {
    expect(previewOf(bytesOf('ok "x"\r\n'))).toBe('"ok \\"x\\"\\r\\n"');
    expect(previewOf(bytesOf('\u001b[2J'))).toBe('1b 5b 32 4a');
    expect(previewOf(bytesOf('é'))).toBe('e9');
    expect(previewOf(bytesOf('a'.repeat(40)))).toBe(`"${'a'.repeat(32)}" … (40 bytes)`);
  });
});
