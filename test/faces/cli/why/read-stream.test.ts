import { describe, expect, it, vi } from 'vitest';
import { mostBytes, readStream } from '../../../../src/faces/cli/why/read-stream.ts';
import { handClock, handFed } from '../support/hand-fed.ts';

const failure = 'Error: connect ECONNREFUSED 127.0.0.1:3000\n';

const start = () => {
  const fed = handFed();
  const { clock, advance } = handClock();
  const onWaiting = vi.fn<() => void>();
  const asked: string[] = [];
  const readsFailure = (text: string): boolean => {
    asked.push(text);
    return text.includes('ECONNREFUSED');
  };
  const options = { name: 'standard input', readsFailure, onWaiting, clock };
  const state: { done: boolean } = { done: false };
  const reading = readStream(fed.source, options).finally(() => (state.done = true));
  reading.catch(() => {});
  return { ...fed, advance, reading, state, onWaiting, asked };
};

describe('a stream that ends', () => {
  it('is read to its end, at once', async () => {
    const { write, end, reading, asked } = start();
    await write('one\n');
    await write(failure);
    await end();
    expect(await reading).toMatchObject({ text: `one\n${failure}`, ended: true, notes: [] });
    expect(asked).toEqual([]);
    await (await reading).drain();
  });

  it('keeps its last megabyte and says so', async () => {
    const { write, end, reading } = start();
    await write(`first\n${'x'.repeat(mostBytes - 1)}`);
    await write(`\n${failure}`);
    await end();
    expect(await reading).toMatchObject({
      text: failure,
      notes: ['only the last 1 MB of standard input was read'],
    });
  });

  it('fails as it does', async () => {
    const { write, fail, reading } = start();
    await write('one');
    await fail(new Error('EIO'));
    await expect(reading).rejects.toThrow('EIO');
  });
});

describe('a stream that goes on', () => {
  it('is told once it holds a failure and is quiet for a second', async () => {
    const { write, advance, reading, state } = start();
    await write(failure);
    await advance(999);
    expect(state.done).toBe(false);
    await advance(1);
    expect(await reading).toMatchObject({
      text: failure,
      ended: false,
      notes: ['standard input goes on: this is what had come until now'],
    });
  });

  it('is waited for while it is quiet and tells of none', async () => {
    const { write, advance, reading, state, onWaiting } = start();
    await advance(5000);
    await write('ready on http://localhost:3000\n');
    await advance(60_000);
    expect(state.done).toBe(false);
    expect(onWaiting).toHaveBeenCalledOnce();
    await write(failure);
    await advance(1000);
    expect((await reading).text).toBe(`ready on http://localhost:3000\n${failure}`);
  });

  it('is told five seconds after a failure though it is never quiet', async () => {
    const { write, advance, reading, state } = start();
    await write(failure);
    for (let half = 1; half <= 11; half += 1) {
      expect(state.done).toBe(false);
      await advance(500);
      await write(`GET / 200 ${half}\n`);
    }
    await advance(500);
    await write('GET / 200 12\n');
    expect((await reading).ended).toBe(false);
  });

  it('is asked for a failure once a second at most', async () => {
    const { write, advance, asked } = start();
    for (let tenth = 0; tenth < 35; tenth += 1) {
      await advance(100);
      await write('GET / 200\n');
    }
    expect(asked).toHaveLength(3);
  });

  const flood = async ({ advance, write }: ReturnType<typeof start>, seconds: number) => {
    for (let half = 0; half < 2 * seconds; half += 1) {
      await advance(500);
      await write(failure.repeat(20_000));
    }
  };

  it('is no cut-off copy of a long file', async () => {
    const started = start();
    await flood(started, 9);
    expect(started.state.done).toBe(false);
    await started.end();
    expect((await started.reading).ended).toBe(true);
  });

  it('is told ten seconds after a failure though it floods', async () => {
    const started = start();
    await flood(started, 12);
    expect(await started.reading).toMatchObject({
      ended: false,
      notes: [
        'only the last 1 MB of standard input was read',
        'standard input goes on: this is what had come until now',
      ],
    });
  });

  it('is drained to its end', async () => {
    const { write, advance, end, reading, seen } = start();
    await write(failure);
    await advance(1000);
    const { drain, text } = await reading;
    const drained = drain();
    const before = seen.taken;
    for (let count = 0; count < 5; count += 1) await write('more\n');
    expect(seen.taken).toBe(before + 5);
    await end();
    await drained;
    expect(text).toBe(failure);
  });

  it('may break off after it was told', async () => {
    const { write, advance, fail, reading } = start();
    await write(failure);
    await advance(1000);
    const { drain } = await reading;
    await fail(new Error('EIO'));
    await expect(drain()).resolves.toBeUndefined();
  });
});
