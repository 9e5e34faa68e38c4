import { expect, test } from 'vitest';
import { jsonLine, writeJson } from '../../../src/faces/cli/write-json.ts';
import { escapeText } from '../../../src/faces/cli/text/escape.ts';
import { memoryIo } from './support/memory-io.ts';

const written = async (value: object, size: { columns: number; rows: number } | null = null) => {
  const io = memoryIo(size);
  await writeJson(value, io.out);
  return io.written.out;
};

test.each([
  [{}],
  [{ a: 1, b: [1, 2], c: undefined, d: null, e: { f: 'x' } }],
  [{ rows: Array.from({ length: 1501 }, (_, row) => ({ row, list: [row] })), after: [] }],
])('is what JSON.stringify makes, whatever the length', async (value) => {
  expect(await written(value)).toBe(`${JSON.stringify(value)}\n`);
});

test('is readable on a terminal', async () => {
  expect(await written({ a: [1] }, { columns: 80, rows: 24 })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
});

test('escapes whatever plain text escapes', async () => {
  for (let code = 0; code <= 0xe_0100; code += 1) {
    const character = String.fromCodePoint(code);
    if (escapeText(character) === character || /[\ud800-\udfff]/u.test(character)) continue;
    const text = jsonLine([character]);
    expect([code, escapeText(text.slice(0, -1))]).toEqual([code, text.slice(0, -1)]);
    expect(JSON.parse(text)).toEqual([character]);
  }
});

test('is inert in a terminal and reads back as it was', async () => {
  const value = { name: 'a\x1b]0;pw\x07\x9b2J\u202e\u2066\x7f' };
  const text = await written(value);
  expect(text).toBe('{"name":"a\\u001b]0;pw\\u0007\\u009b2J\\u202e\\u2066\\u007f"}\n');
  expect(JSON.parse(text)).toEqual(value);
  expect(jsonLine(value)).toBe(text);
});
