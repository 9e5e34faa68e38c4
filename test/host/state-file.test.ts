import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fileLocks } from '../../src/host/linux/file-lock.ts';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { openStateFile } from '../../src/host/state/open-state-file.ts';
import { stateFolder } from '../../src/host/state/state-folder.ts';
import { isRoot } from '../support/launcher.ts';
import { makeFolder } from '../support/make-folder.ts';

const forever = new AbortController().signal;
const path = process.env['PATH'];

afterEach(() => {
  delete process.env['HOMEPORT_NO_FFI'];
  process.env['PATH'] = path;
});

const open = (folder: string) =>
  openStateFile(folder, 'things.json', fileLocks(kernelRoot({}), createFileReader(null)));

const made = async (text = 'old'): Promise<string> => {
  const folder = join(makeFolder(), 'state');
  await open(folder).locked(forever, (file) => file.replace(text));
  return folder;
};

describe('where state is kept', () => {
  const home = (): string => '/home/ann';

  it.each<[string, Record<string, string>, string]>([
    ['HOMEPORT_STATE', { HOMEPORT_STATE: '/x/y', XDG_STATE_HOME: '/s' }, '/x/y'],
    ['XDG_STATE_HOME', { XDG_STATE_HOME: '/s' }, '/s/homeport'],
    ['the home', {}, '/home/ann/.local/state/homeport'],
    [
      'the home, as XDG has relative paths ignored',
      { XDG_STATE_HOME: 's' },
      '/home/ann/.local/state/homeport',
    ],
    [
      'the home, as empty names are none',
      { HOMEPORT_STATE: '' },
      '/home/ann/.local/state/homeport',
    ],
  ])('%s', (_, environment, folder) => {
    expect(stateFolder(environment, home)).toBe(folder);
  });

  it('is nowhere without a home', () => {
    expect(() => stateFolder({}, () => '')).toThrow(expect.objectContaining({ code: 'refused' }));
  });
});

describe('a state file', () => {
  it('is the user’s alone, in a folder that is', async () => {
    const folder = await made();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'things.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['things.json', 'things.lock']);
  });

  it('is looked for without making anything', () => {
    const folder = join(makeFolder(), 'state');
    expect(open(folder).read()).toBeNull();
    expect(existsSync(folder)).toBe(false);
  });

  it('is replaced whole, whatever an interrupted writer left', async () => {
    const folder = await made();
    writeFileSync(join(folder, 'things.json.new'), 'half', { mode: 0o644 });
    await open(folder).locked(forever, (file) => file.replace('new'));
    expect(readFileSync(join(folder, 'things.json'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['things.json', 'things.lock']);
  });

  it('is put aside under a name that nothing has', async () => {
    const folder = await made();
    const now = new Date('2026-11-21T17:55:43.120Z');
    const aside = await open(folder).locked(forever, (file) => {
      const first = file.putAside(now);
      file.replace('other');
      return [first, file.putAside(now)];
    });
    expect(aside).toEqual([
      join(folder, 'things.json.damaged-2026-11-21T175543Z'),
      join(folder, 'things.json.damaged-2026-11-21T175543Z-2'),
    ]);
    expect(aside.map((one) => readFileSync(one, 'utf8'))).toEqual(['old', 'other']);
  });
});

/** Reads and replaces, and what each throws. */
const outcomes = async (folder: string): Promise<readonly unknown[]> => {
  const file = open(folder);
  const reading = await Promise.resolve()
    .then(() => file.read())
    .catch((error: unknown) => error);
  const writing = await file
    .locked(forever, (locked) => {
      locked.read();
      locked.replace('new');
    })
    .catch((error: unknown) => error);
  return [reading, writing];
};

const refused = (why: RegExp) =>
  expect.objectContaining({ code: 'refused', message: expect.stringMatching(why) });

describe('what is refused', () => {
  it('a link in the place of the file', async () => {
    const folder = await made();
    const target = join(folder, 'elsewhere');
    renameSync(join(folder, 'things.json'), target);
    symlinkSync(target, join(folder, 'things.json'));
    expect(await outcomes(folder)).toEqual([refused(/symbolic link/), refused(/symbolic link/)]);
    expect(readFileSync(target, 'utf8')).toBe('old');
  });

  it('a link in the place of the lock', async () => {
    const folder = await made();
    rmSync(join(folder, 'things.lock'));
    symlinkSync('/etc/passwd', join(folder, 'things.lock'));
    const [, writing] = await outcomes(folder);
    expect(writing).toEqual(refused(/symbolic link/));
    expect(readFileSync(join(folder, 'things.json'), 'utf8')).toBe('old');
  });

  it('a link in the place of the folder', async () => {
    const folder = await made();
    renameSync(folder, `${folder}-real`);
    symlinkSync(`${folder}-real`, folder);
    expect(await outcomes(folder)).toEqual([refused(/a link/), refused(/a link/)]);
  });

  it('a folder that others can write into', async () => {
    const folder = await made();
    chmodSync(folder, 0o777);
    expect(await outcomes(folder)).toEqual([
      refused(/others can write/),
      refused(/others can write/),
    ]);
  });

  it('what is no file', async () => {
    const folder = await made();
    rmSync(join(folder, 'things.json'));
    mkdirSync(join(folder, 'things.json'));
    expect(await outcomes(folder)).toEqual([refused(/no plain file/), refused(/no plain file/)]);
  });

  describe.skipIf(!isRoot)('as root, who can give files away', () => {
    it.each(['things.json', 'things.lock', '.'])('another user’s: %s', async (name) => {
      const folder = await made();
      chownSync(join(folder, name), 65_534, 65_534);
      const [, writing] = await outcomes(folder);
      expect(writing).toEqual(refused(/belongs to user 65534, not to 0/));
    });
  });
});
