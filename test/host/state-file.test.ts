import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
import { fileLocks, lockHolder } from '../../src/host/linux/file-lock.ts';
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

describe.each([
  ['flock(2)', ''],
  ['flock(1), without native calls', '1'],
])('the lock, by %s', (_, withoutFfi) => {
  const use = (): void => {
    if (withoutFfi !== '') process.env['HOMEPORT_NO_FFI'] = withoutFfi;
  };

  it('is one holder’s at a time', async () => {
    use();
    const folder = await made('0');
    let inside = 0;
    const count = async () =>
      open(folder).locked(forever, async (file) => {
        inside += 1;
        expect(inside).toBe(1);
        const before = Number(Buffer.from(file.read() ?? []).toString());
        await new Promise((resolve) => setTimeout(resolve, 1));
        file.replace(String(before + 1));
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 20 }, count));
    expect(Buffer.from(open(folder).read() ?? []).toString()).toBe('20');
  });

  it('is given back by who throws', async () => {
    use();
    const folder = await made();
    const wrong = new Error('wrong');
    const failing = open(folder).locked(forever, () => {
      throw wrong;
    });
    await expect(failing).rejects.toBe(wrong);
    expect(await open(folder).locked(forever, () => 'next')).toBe('next');
  });

  it('dies with its holder, and is waited for until then', async () => {
    use();
    const folder = await made();
    const holder = spawn(
      'flock',
      [join(folder, 'things.lock'), 'sh', '-c', 'echo has it; exec cat'],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        detached: true,
      },
    );
    await once(holder.stdout, 'data');
    let taken = false;
    const waiting = open(folder).locked(forever, () => (taken = true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(taken).toBe(false);
    process.kill(-(holder.pid ?? 0), 'SIGKILL');
    expect(await waiting).toBe(true);
  });

  it('is not waited for any longer than the signal has it', async () => {
    use();
    const folder = await made();
    const controller = new AbortController();
    const reason = new Error('enough');
    await open(folder).locked(forever, async () => {
      const waiting = open(folder).locked(controller.signal, () => 'never');
      setTimeout(() => controller.abort(reason), 50);
      await expect(waiting).rejects.toBe(reason);
    });
  });

  it('is the file’s that stands there, should another one be removed', async () => {
    use();
    const folder = await made();
    const second = await open(folder).locked(forever, async () => {
      const waiting = open(folder).locked(forever, () => 'locked the new one');
      await new Promise((resolve) => setTimeout(resolve, 100));
      rmSync(join(folder, 'things.lock'));
      return () => waiting;
    });
    expect(await second()).toBe('locked the new one');
    expect(existsSync(join(folder, 'things.lock'))).toBe(true);
  });
});

it('is not waited for in vain: who keeps it all the time is named', async () => {
  const folder = await made();
  const locks = fileLocks(kernelRoot({}), createFileReader(null));
  const impatient = openStateFile(folder, 'things.json', { ...locks, patienceMs: 20 });
  await open(folder).locked(forever, async () => {
    await expect(impatient.locked(forever, () => 'never')).rejects.toMatchObject({
      code: 'refused',
      message: `process ${process.pid} has held ${join(folder, 'things.lock')} for too long`,
      hint: `homeport pid:${process.pid} tells more of it`,
    });
  });
});

describe('who holds a lock', () => {
  const locks = [
    '1: POSIX  ADVISORY  WRITE 11 fe:01:77 0 EOF',
    '2: FLOCK  ADVISORY  WRITE 4242 fe:01:77 0 EOF',
    '2: -> FLOCK  ADVISORY  WRITE 4243 fe:01:77 0 EOF',
    '3: FLOCK  ADVISORY  READ 12 fe:01:78 0 EOF',
    '4: FLOCK  ADVISORY  WRITE 0 fe:01:79 0 EOF',
    '',
  ].join('\n');

  it.each([
    [77, 4242],
    [78, null],
    [79, null],
    [7, null],
  ])('of the file with inode %s is %s', (inode, pid) => {
    expect(lockHolder(locks, inode)).toBe(pid);
  });

  it('is told as it is on this machine', async () => {
    const folder = await made();
    const pid = await open(folder).locked(forever, () => {
      const { ino } = statSync(join(folder, 'things.lock'));
      return lockHolder(readFileSync('/proc/locks', 'utf8'), ino);
    });
    expect(pid).toBe(process.pid);
  });
});

it('says what is missing where nothing can lock', async () => {
  process.env['HOMEPORT_NO_FFI'] = '1';
  process.env['PATH'] = '/nonexistent';
  const folder = join(makeFolder(), 'state');
  const error: unknown = await open(folder)
    .locked(forever, () => 'never')
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'unsupported', hint: expect.stringContaining('flock(1)') });
});
