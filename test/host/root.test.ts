import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kernelRoot } from '../../src/host/linux/root.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'root-'));
  for (const [name, stat] of [
    ['good', 'cpu 0\nbtime 1795255200\n'],
    ['bad', 'hello\n'],
  ] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'stat'), stat);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the kernel root', () => {
  it.each([{}, { HOMEPORT_PROC: '' }, { HOMEPORT_PROC: '/proc' }, { HOMEPORT_PROC: '/proc/' }])(
    'is the real machine for %j',
    (environment) => {
      expect(kernelRoot(environment)).toEqual({ proc: '/proc', files: '', isReal: true });
    },
  );

  it('is a folder with the file tree beside it', () => {
    expect(kernelRoot({ HOMEPORT_PROC: `${folder}/good/` })).toEqual({
      proc: join(folder, 'good'),
      files: folder,
      isReal: false,
    });
  });

  it.each(['bad', 'none', 'good/stat'])('is no folder such as %s, said in one line', (name) => {
    const open = (): unknown => kernelRoot({ HOMEPORT_PROC: join(folder, name) });
    expect(open).toThrow(/^HOMEPORT_PROC is no \/proc: [^\n]+$/);
    expect(open).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});
