import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openFfi } from '../../src/host/linux/ffi.ts';
import { createFileReader, errnoOf } from '../../src/host/linux/file-reader.ts';
import { isDenied, reasonOf } from '../../src/host/linux/errno.ts';
import { numberedEntries } from '../../src/host/linux/numbered-entries.ts';
import { countRawSockets } from '../../src/host/linux/raw-socket-count.ts';

describe('openFfi', () => {
  afterEach(() => {
    delete process.env['HOMEPORT_NO_FFI'];
  });

  it('loads once, and not at all where HOMEPORT_NO_FFI says so', () => {
    const first = openFfi();
    expect(first).not.toBeNull();
    expect(openFfi()).toBe(first);
    process.env['HOMEPORT_NO_FFI'] = '1';
    expect(openFfi()).toBeNull();
  });

  it('gives zeroed memory that libc writes to, and the number of an error', () => {
    const ffi = openFfi();
    if (ffi === null) throw new Error('koffi did not load');
    const buffer = ffi.allocate(64);
    expect(buffer.bytes.every((byte) => byte === 0)).toBe(true);
    buffer.bytes.write('/proc/self/exe\0');
    const length = ffi.readlinkat(-100, buffer.address, buffer.address + 32, 32);
    expect(buffer.bytes.toString('utf8', 32, 32 + length)).toBe(process.execPath.slice(0, 32));
    expect(ffi.close(-1)).toBe(-1);
    expect(ffi.errno()).toBe(9);
  });
});

describe.each([
  ['libc', openFfi()],
  ['plain files', null],
])('createFileReader by %s', (_name, ffi) => {
  const read = createFileReader(ffi);
  let directory = '';

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'homeport réader '));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('reads files of /proc whole', () => {
    expect(read('/proc/version').toString()).toBe(readFileSync('/proc/version', 'utf8'));
  });

  it('reads files of any size, one after the other', () => {
    for (const size of [0, 1, 16_384, 16_385, 100_000, 10]) {
      const path = join(directory, `${size}`);
      writeFileSync(path, Buffer.alloc(size, size % 251));
      const content = read(path);
      expect(typeof content !== 'number' && content.equals(readFileSync(path))).toBe(true);
    }
  });

  it('answers the number of the error', () => {
    expect(read(join(directory, 'none'))).toBe(2);
    expect(read(directory)).toBe(21);
    expect(read('/proc/self/mem/x')).toBe(20);
  });
});

describe('error numbers', () => {
  it('are taken from what node:fs threw', () => {
    expect(numberedEntries('/proc/none')).toBe(2);
    expect(errnoOf(new Error('no number'))).toBe(5);
  });

  it('tell a refusal from the rest', () => {
    expect([1, 13, 2, 22].map(isDenied)).toEqual([true, true, false, false]);
    expect([reasonOf(13), reasonOf(2)]).toEqual(['denied', 'unsupported']);
  });
});

describe('countRawSockets', () => {
  const read = (files: Readonly<Record<string, string | number>>) => (path: string) => {
    const content = files[path.slice('/net/'.length)] ?? 2;
    return typeof content === 'number' ? content : Buffer.from(content);
  };

  it('adds IPv4 and IPv6, and has none of the latter where there is no table', () => {
    const files = { raw: 'head\nrow\nrow\n', raw6: 'head\nrow\n', packet: 'head\n' };
    const count = (changed: Readonly<Record<string, string | number>>): unknown =>
      countRawSockets(read({ ...files, ...changed }), '/net', 'this');
    expect(count({})).toEqual({ namespace: 'this', raw: 3, packet: 0 });
    expect(count({ raw6: 2 })).toMatchObject({ raw: 2 });
    expect(count({ raw: 13 })).toMatchObject({ raw: { unknown: 'denied' } });
    expect(count({ raw6: 13, packet: 2 })).toMatchObject({
      raw: { unknown: 'denied' },
      packet: { unknown: 'unsupported' },
    });
  });
});
