import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { processorShares, watchMs } from '../../../src/diagnose/probes/processor-shares.ts';
import { openHost } from '../../../src/host/open-host.ts';
import { type Known, unknown } from '../../../src/model/known.ts';
import type { Process } from '../../../src/model/process.ts';
import { oneProcess } from '../../support/scene.ts';
import { hasPython, startPython } from '../../support/start-python.ts';

afterEach(() => void vi.useRealTimers());

const busy = oneProcess(101, 1, { cpuMs: 500 });

/** What a process was before and is after it was watched. */
const watch = async (before: Known<Process>, after: Known<Process>) => {
  vi.useFakeTimers({ now: 0 });
  const answers = [before, after];
  const read = vi.fn(() => answers.shift() ?? unknown('gone'));
  const watching = processorShares(read, [busy], Date.now, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(watchMs);
  return watching;
};

describe('of literals', () => {
  it.each([
    [0, 0],
    [50, 0.5],
    [100, 1],
    [250, 2.5],
  ])(
    '%i ms more of processor time in a tenth of a second are a share of %f',
    async (used, share) => {
      expect(await watch(busy, { ...busy, cpuMs: busy.cpuMs + used })).toEqual({ 101: share });
    },
  );

  it.each<[string, Known<Process>, Known<Process>]>([
    ['is gone before', unknown('gone'), busy],
    ['ends meanwhile', busy, unknown('gone')],
    ['is another one of the same pid', busy, { ...busy, startTicks: 999, cpuMs: 0 }],
  ])('a process that %s is left out', async (_, before, after) => {
    expect(await watch(before, after)).toEqual({});
  });

  it('nobody to watch takes no time', async () => {
    vi.useFakeTimers();
    expect(await processorShares(() => busy, [], Date.now, new AbortController().signal)).toEqual(
      {},
    );
  });

  it('ends with its signal', async () => {
    const abort = new AbortController();
    const watching = processorShares(() => busy, [busy], Date.now, abort.signal);
    abort.abort(new Error('Ctrl-C'));
    await expect(watching).rejects.toThrow('Ctrl-C');
  });
});

const sharesOf = async (program: string): Promise<number | undefined> => {
  const { pid, stop } = await startPython(program);
  onTestFinished(stop);
  const host = openHost();
  const read = (one: number, detail: 'brief' | 'full') => host.process(one, detail);
  const shares = await processorShares(
    read,
    [oneProcess(pid, 1)],
    Date.now,
    new AbortController().signal,
  );
  return shares[pid];
};

describe.skipIf(!hasPython)('of real processes (python3)', () => {
  it('one that waits uses nothing', async () => {
    const waits = 'import sys; print("ready", flush=True); sys.stdin.read()';
    // The last tick of its start may be counted only now.
    expect(await sharesOf(waits)).toBeLessThan(0.4);
  });

  it('one that runs in a circle uses some', async () => {
    const circles = `
import select, sys
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    sum(range(10000))
`;
    expect(await sharesOf(circles)).toBeGreaterThan(0);
  });
});
