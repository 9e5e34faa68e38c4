import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pause } from '../../src/diagnose/pause.ts';
import { within } from '../../src/diagnose/within.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = () => new Promise<never>(() => {});

describe('within', () => {
  it('returns what is done in time, and leaves no timer behind', async () => {
    const { signal } = new AbortController();
    expect(await within(10, signal, async () => 'done')).toBe('done');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('returns null at the limit, also where the signal is not heeded', async () => {
    const { signal } = new AbortController();
    const seen: AbortSignal[] = [];
    const result = within(10, signal, (limit) => {
      seen.push(limit);
      return never();
    });
    await vi.advanceTimersByTimeAsync(9);
    expect(seen.map(({ aborted }) => aborted)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await result).toBeNull();
    expect(seen.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('returns null where the limit makes it throw', async () => {
    const { signal } = new AbortController();
    const result = within(10, signal, (limit) => {
      const { promise, reject } = Promise.withResolvers<never>();
      limit.addEventListener('abort', () => reject(new Error('stopped')));
      return promise;
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(await result).toBeNull();
  });

  it('passes on what is thrown before the limit', async () => {
    const { signal } = new AbortController();
    const broken = within(10, signal, () => Promise.reject(new Error('broken')));
    await expect(broken).rejects.toThrow('broken');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('rejects with the reason of the outer signal at once', async () => {
    const outer = new AbortController();
    const inner: unknown[] = [];
    const result = within(10, outer.signal, (limit) => {
      limit.addEventListener('abort', () => inner.push(limit.reason));
      return never();
    });
    const reason = new Error('Ctrl-C');
    outer.abort(reason);
    await expect(result).rejects.toBe(reason);
    expect(inner).toEqual([reason]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('runs nothing for a signal that has aborted', async () => {
    const run = vi.fn(never);
    const reason = new Error('too late');
    await expect(within(10, AbortSignal.abort(reason), run)).rejects.toBe(reason);
    expect(run).not.toHaveBeenCalled();
  });
});

describe('pause', () => {
  it('takes its time', async () => {
    let isOver = false;
    const paused = (async () => {
      await pause(50, new AbortController().signal);
      isOver = true;
    })();
    await vi.advanceTimersByTimeAsync(49);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await paused;
    expect(isOver).toBe(true);
  });

  it('ends with its signal', async () => {
    const outer = new AbortController();
    const paused = pause(50, outer.signal);
    outer.abort(new Error('Ctrl-C'));
    await expect(paused).rejects.toThrow('Ctrl-C');
  });
});
