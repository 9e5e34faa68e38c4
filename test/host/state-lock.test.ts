import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fileLocks, lockHolder } from '../../src/host/linux/file-lock.ts';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { openStateFile } from '../../src/host/state/open-state-file.ts';
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
