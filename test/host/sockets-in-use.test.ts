import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { socketsInUse } from '../../src/host/linux/sockets-in-use.ts';
import { unknown } from '../../src/model/known.ts';

const read = createFileReader(null);
const proc = fileURLToPath(new URL('../fixtures/machine-basic/proc', import.meta.url));

describe('the count of sockets', () => {
  it('is what the kernel counts', () => {
    expect(socketsInUse(kernelRoot({ HOMEPORT_PROC: proc }), read)).toBe(187);
  });

  it('is a number on this machine', () => {
    expect(socketsInUse(kernelRoot({}), read)).toBeGreaterThan(0);
  });

  it.each([
    ['TCP: inuse 27\n', unknown('unsupported', 'sockstat has no count')],
    ['sockets: used many\n', unknown('unsupported', 'sockstat has no count')],
  ])('is unknown from %j', (text, expected) => {
    expect(socketsInUse(kernelRoot({}), () => Buffer.from(text))).toEqual(expected);
  });

  it('is denied where the file is', () => {
    expect(socketsInUse(kernelRoot({}), () => 13)).toEqual(unknown('denied'));
  });
});
