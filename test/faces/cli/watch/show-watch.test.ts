import { expect, test } from 'vitest';
import { listenerKey } from '../../../../src/explain/listener-key.ts';
import { readArguments } from '../../../../src/faces/cli/read-arguments.ts';
import { showWatch } from '../../../../src/faces/cli/watch/show-watch.ts';
import type { ListenerFrame } from '../../../../src/operations/watch-listeners.ts';
import { inetListener, takenAt } from '../support/literals.ts';
import { memoryIo, type MemoryIo } from '../support/memory-io.ts';

const size = { columns: 100, rows: 12 };
const env = { NO_COLOR: '1' };

const frame = (given: Partial<ListenerFrame>): ListenerFrame => ({
  takenAt,
  listeners: [],
  appeared: [],
  vanished: [],
  changed: [],
  problems: [],
  ...given,
});

/** Shows frames made by `steps`, each of which may look at what was written so far. */
const show = async (
  io: MemoryIo,
  steps: (abort: AbortController) => AsyncGenerator<ListenerFrame>,
): Promise<number> => {
  const abort = new AbortController();
  return showWatch(steps(abort), readArguments(['ls', '--watch']), io, abort);
};

const old = inetListener({ since: '2020-01-01T00:00:00.000Z' });
const fresh = inetListener({ port: 6000, since: '2020-01-01T00:00:00.000Z' });

test('a second frame draws only what came, and the counts', async () => {
  const io = memoryIo(size, env);
  let second = '';
  await show(io, async function* () {
    yield frame({ listeners: [old] });
    const before = io.written.out.length;
    yield frame({ listeners: [old, fresh], appeared: [listenerKey(fresh)] });
    second = io.written.out.slice(before);
  });
  expect(second).toContain('+ 127.0.0.1:6000');
  expect(second).not.toContain('ADDRESS');
  expect(second).not.toContain('127.0.0.1:5173');
});

test('what went is marked and no longer counted', async () => {
  const io = memoryIo(size, env);
  let second = '';
  await show(io, async function* () {
    yield frame({ listeners: [old, fresh] });
    const before = io.written.out.length;
    yield frame({ listeners: [old], vanished: [listenerKey(fresh)] });
    second = io.written.out.slice(before);
  });
  expect(second).toContain('− 127.0.0.1:6000');
  expect(second).toContain('1 listener ');
});

test('the screen is given back, then the last list stays in the scrollback', async () => {
  const io = memoryIo(size, env);
  expect(
    await show(io, async function* () {
      yield frame({ listeners: [old] });
    }),
  ).toBe(0);
  const [, after = ''] = io.written.out.split('\x1b[?25h\x1b[?1049l');
  expect(io.written.out.startsWith('\x1b[?1049h\x1b[?25l')).toBe(true);
  expect(after).toMatch(/^ {2}ADDRESS.*\nshop .*\n {2}127\.0\.0\.1:5173/);
});

test('a list longer than the screen is cut and says by how much', async () => {
  const io = memoryIo({ columns: 100, rows: 6 }, env);
  const listeners = Array.from({ length: 20 }, (_, port) => inetListener({ port: port + 1 }));
  await show(io, async function* () {
    yield frame({ listeners });
  });
  expect(io.written.out).toContain('… 19 more lines');
  expect(io.written.out).not.toContain('\x1b[7;1H');
});

test('Ctrl-C ends it with 0', async () => {
  const io = memoryIo(size, env);
  const code = await show(io, async function* (abort) {
    yield frame({ listeners: [old] });
    io.emit('SIGINT');
    if (!abort.signal.aborted) yield frame({ listeners: [fresh] });
  });
  expect(code).toBe(0);
  expect(io.written.out).not.toContain('6000');
  expect(io.written.signals).toEqual([]);
});

test('SIGTERM gives the screen back first and then ends as the signal would', async () => {
  const io = memoryIo(size, env);
  await show(io, async function* () {
    yield frame({ listeners: [old] });
    io.emit('SIGTERM');
  });
  expect(io.written.out).toContain('\x1b[?1049l');
  expect(io.written.signals).toEqual(['SIGTERM']);
});

test('Ctrl-Z gives the screen back, going on takes it again and draws all', async () => {
  const io = memoryIo(size, env);
  let stopped = '';
  let resumed = '';
  await show(io, async function* () {
    yield frame({ listeners: [old] });
    let before = io.written.out.length;
    io.emit('SIGTSTP');
    await Promise.resolve();
    stopped = io.written.out.slice(before);
    before = io.written.out.length;
    io.emit('SIGCONT');
    await Promise.resolve();
    await Promise.resolve();
    resumed = io.written.out.slice(before);
  });
  expect(stopped).toBe('\x1b[?25h\x1b[?1049l');
  expect(io.written.signals).toEqual(['SIGSTOP']);
  expect(resumed).toMatch(/^\x1b\[\?1049h\x1b\[\?25l\x1b\[2J.*ADDRESS/s);
});

test('a resize draws all again', async () => {
  const io = memoryIo(size, env);
  let redrawn = '';
  await show(io, async function* () {
    yield frame({ listeners: [old] });
    const before = io.written.out.length;
    io.emit('resize');
    await Promise.resolve();
    redrawn = io.written.out.slice(before);
  });
  expect(redrawn).toContain('\x1b[2J\x1b[1;1H  ADDRESS');
});
