import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFiles } from '../../scripts/setup/replace-files.mjs';

let place = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'homeport-replace-'));
});
afterEach(() => rmSync(place, { recursive: true }));

const fill = (name: string, files: Readonly<Record<string, string>>): string => {
  const folder = join(place, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
};

const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

describe('replaceFiles', () => {
  it('leaves the fresh files alone in the folder, and no second folder', () => {
    const folder = fill('dist', { 'cli.cjs': 'old', 'part-1.cjs': '1' });
    const fresh = fill('new', { 'cli.cjs': 'new', 'part-2.cjs': '2' });
    replaceFiles(fresh, folder, ['cli.cjs']);
    expect(contents(folder)).toEqual({ 'cli.cjs': 'new', 'part-2.cjs': '2' });
    expect(readdirSync(place)).toEqual(['dist']);
  });

  it('makes the folder where there is none', () => {
    const fresh = fill('new', { 'cli.cjs': 'new' });
    replaceFiles(fresh, join(place, 'dist'), ['cli.cjs']);
    expect(contents(join(place, 'dist'))).toEqual({ 'cli.cjs': 'new' });
  });

  it('keeps the old entry, with all its parts, where it is stopped before the new one has its own', () => {
    const folder = fill('dist', { 'cli.cjs': 'old', 'part-1.cjs': '1' });
    const fresh = fill('new', { 'cli.cjs': 'new', 'part-2.cjs': '2' });
    // A file can't be renamed onto a folder that holds something: stops it at this part.
    mkdirSync(join(folder, 'part-2.cjs'));
    writeFileSync(join(folder, 'part-2.cjs', 'x'), '');
    expect(() => replaceFiles(fresh, folder, ['cli.cjs'])).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readFileSync(join(folder, 'cli.cjs'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toContain('part-1.cjs');
  });
});
