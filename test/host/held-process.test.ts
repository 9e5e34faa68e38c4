import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HeldProcess } from '../../src/host/host-control.ts';
import { openFfi } from '../../src/host/linux/ffi.ts';
import { holdProcess } from '../../src/host/linux/held-process.ts';
import { isRunning, readProcess } from '../../src/host/linux/processes.ts';
import { exitOf } from '../../src/host/linux/process-exit.ts';
import { isKnown } from '../../src/model/known.ts';
import type { ProcessIdentity } from '../../src/model/process.ts';
import { isRoot } from '../support/launcher.ts';
import { processContext, realRoot } from '../support/process-context.ts';
import { programStarter } from '../support/start-program.ts';

const start = programStarter();
const context = processContext(realRoot, true);
const stillRuns = (identity: ProcessIdentity): boolean => isRunning(context, identity);

const identityOf = (pid: number): ProcessIdentity => {
  const process = readProcess(context, pid, 'brief');
  if (!isKnown(process)) throw new Error(`no process ${pid}`);
  return process;
};

const hold = (identity: ProcessIdentity, native: boolean): HeldProcess => {
  const held = holdProcess(native ? openFfi() : null, stillRuns, identity);
  if (!isKnown(held)) throw new Error(`not held: ${held.unknown}`);
  return held;
};

describe.each([
  ['by a pidfd', true, 'pidfd'],
  ['by its pid, without native calls', false, 'pid'],
] as const)('a process held %s', (_, native, method) => {
  test('is signalled, and seen to end', async () => {
    const { pid } = await start('sleep', ['300']);
    const held = hold(identityOf(pid), native);
    expect([held.method, held.hasEnded()]).toEqual([method, false]);
    expect(held.signal('SIGTERM')).toBe('sent');
    await expect.poll(() => held.hasEnded()).toBe(true);
    expect(held.signal('SIGKILL')).toBe('gone');
    held.release();
  });

  test('that is another by now is not held', async () => {
    const { pid } = await start('sleep', ['300']);
    const identity = identityOf(pid);
    const others = [
      { ...identity, startTicks: identity.startTicks + 1 },
      { ...identity, bootId: 'another' },
      { ...identity, pid: 4_194_304 },
    ];
    for (const other of others) {
      expect(holdProcess(native ? openFfi() : null, stillRuns, other)).toMatchObject({
        unknown: 'gone',
      });
    }
    expect(stillRuns(identity)).toBe(true);
  });

  test('whose identity no longer fits is not signalled', async () => {
    const { pid } = await start('sleep', ['300']);
    const identity = identityOf(pid);
    let fits = true;
    const held = holdProcess(native ? openFfi() : null, () => fits, identity);
    if (!isKnown(held)) throw new Error('not held');
    fits = false;
    expect(held.signal('SIGKILL')).toBe('gone');
    held.release();
    expect(stillRuns(identity)).toBe(true);
  });
});

test.each([
  [0, { code: 0 }],
  [7 << 8, { code: 7 }],
  [9, { signal: 'SIGKILL' }],
  [15 | 0x80, { signal: 'SIGTERM' }],
])('a status of wait(2), %i', (status, exit) => {
  expect(exitOf(status)).toEqual(exit);
});

describe.skipIf(!isRoot)('a pid that is given to another process (skipped without root)', () => {
  test.each([
    ['by pidfd', {}, 'pidfd'],
    ['by pid', { HOMEPORT_NO_FFI: '1' }, 'pid'],
  ])('is never signalled for the first, %s', (_, env, method) => {
    const script = join(import.meta.dirname, 'reuse-pid.mjs');
    const words = ['--pid', '--fork', '--kill-child', '--mount-proc', process.execPath, script];
    const run = spawnSync('unshare', words, {
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    expect(run.stderr.replace(/^.*Warning.*$/gm, '').trim()).toBe('');
    expect(JSON.parse(run.stdout)).toEqual({
      samePid: true,
      sameStart: false,
      method,
      signalled: 'gone',
      hasEnded: true,
      heldAfter: 'gone',
      secondRuns: true,
    });
  });
});
