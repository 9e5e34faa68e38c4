import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { linuxHost } from '../../src/host/linux/linux-host.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { why } from '../../src/operations/why.ts';
import { isRoot } from '../support/launcher.ts';
import { hasPython, startPython } from '../support/start-python.ts';

const uid = 54_321;

/** Starts a program of a user that nobody is, with inotify instances up to a number, 0: to the limit. */
const watching = async (most: number): Promise<number> => {
  const running = await startPython(`
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
os.setuid(${uid})
libc.prctl(4, 1)
first = libc.inotify_init()
libc.inotify_add_watch(first, b'/', 2); libc.inotify_add_watch(first, b'/etc', 2)
made = 1
while made != ${most} and libc.inotify_init() >= 0: made += 1
print(made, flush=True)
sys.stdin.read()`);
  onTestFinished(running.stop);
  return Number(running.first);
};

const context = { host: linuxHost(), signal: new AbortController().signal, now: Date.now };

it.skipIf(!isRoot || !hasPython)('counts instances and watches by user (needs root)', async () => {
  await watching(5);
  const { users, instanceLimit } = linuxHost().fileWatches();
  expect(users).toContainEqual({ uid, instances: 5, watches: 2 });
  expect(instanceLimit).toBeGreaterThan(5);
  const { checks } = await doctor(context, {});
  expect(checks.find(({ id }) => id === 'file-watches-room')?.result).not.toBe('fail');
});

it.skipIf(!isRoot || !hasPython)(
  'a user who has all that are allowed is told of, and explains no message of another (needs root)',
  async () => {
    const made = await watching(0);
    const { findings } = await doctor(context, {});
    const found = findings.filter(({ id }) => id === 'file-watches-room');
    expect(found.map(({ title }) => title)).toEqual([
      expect.stringContaining(`uid ${uid} has ${made} of ${made} inotify instances in use`),
    ]);
    const { causes } = await why(context, { message: "EMFILE: too many open files, watch '/app'" });
    expect(causes.find(({ id }) => id === 'file-watches-room')).toMatchObject({ explains: false });
  },
);

it('a folder that stands for a machine has no limits', () => {
  const proc = join(import.meta.dirname, '../fixtures/machine-basic/proc');
  expect(linuxHost(kernelRoot({ HOMEPORT_PROC: proc })).fileWatches()).toMatchObject({
    instanceLimit: { unknown: 'unsupported' },
    watchLimit: { unknown: 'unsupported' },
    users: [],
  });
});
