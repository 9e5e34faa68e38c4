import { expect, test } from 'vitest';
import { foreseenFailure } from '../../src/diagnose/foreseen.ts';
import { unknown } from '../../src/model/known.ts';
import type { Process } from '../../src/model/process.ts';
import type { InetSocket } from '../../src/model/socket.ts';
import { endpointFacts } from '../support/diagnosis-facts.ts';
import { oneProcess, socket } from '../support/scene.ts';

const foresee = (
  text: string,
  listening: Partial<InetSocket> | null = {},
  states: readonly Process['state'][] = ['S'],
) => {
  const pids = states.map((_, index) => 101 + index);
  const one = { local: { address: '127.0.0.1', port: 3000 }, ...listening };
  return foreseenFailure(
    endpointFacts(text, {
      sockets: listening === null ? [] : [socket(10, one)],
      holders: { 10: pids },
      processes: pids.map((pid, index) => oneProcess(pid, 1, { state: states[index] ?? 'S' })),
    }),
  );
};

test('nobody listens: refused', () => {
  expect(foresee('127.0.0.1:3000', null)).toBe('connection-refused');
});

test('somebody listens and is awake: nothing speaks against it', () => {
  expect(foresee('127.0.0.1:3000')).toBeNull();
});

test('at the address that comes first, whoever listens on the next one', () => {
  expect(foresee('localhost:3000')).toBe('connection-refused');
});

test('a datagram socket takes no connections', () => {
  expect(foresee('127.0.0.1:3000', { transport: 'udp', state: 'close' })).toBe(
    'connection-refused',
  );
});

test('what listens on another machine is not foreseen', () => {
  expect(foresee('203.0.113.7:3000', null)).toBeNull();
});

test('a name without addresses is not foreseen', () => {
  expect(foresee('db.test:3000', null)).toBeNull();
});

test.each(['T', 't', 'Z', 'X'])('whoever listens is in state %s: no answer', (state) => {
  expect(foresee('127.0.0.1:3000', {}, [state])).toBe('timeout');
});

test('one of two that hold the socket is awake', () => {
  expect(foresee('127.0.0.1:3000', {}, ['T', 'S'])).toBeNull();
});

test.each([
  [5, 5, null],
  [6, 5, 'timeout'],
  [0, 0, null],
  [1, 0, 'timeout'],
])('%i connections wait where %i may: %s', (length, limit, expected) => {
  expect(foresee('127.0.0.1:3000', { acceptQueue: { length, limit } })).toBe(expected);
});

test('a queue without a known limit is never full', () => {
  const acceptQueue = { length: 4096, limit: unknown('unsupported') };
  expect(foresee('127.0.0.1:3000', { acceptQueue })).toBeNull();
});
