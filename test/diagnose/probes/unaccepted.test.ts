import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { acceptanceMs, unacceptedQueue } from '../../../src/diagnose/probes/unaccepted.ts';
import type { SocketQuery } from '../../../src/host/host.ts';
import { openHost } from '../../../src/host/open-host.ts';
import { unknown } from '../../../src/model/known.ts';
import type { InetSocket, Socket } from '../../../src/model/socket.ts';
import { listen, portOf } from '../../support/open-sockets.ts';
import { socket } from '../../support/scene.ts';
import { hasPython, startPython } from '../../support/start-python.ts';

afterEach(() => void vi.useRealTimers());

const listening = (address: string, length: number, given: Partial<InetSocket> = {}): InetSocket =>
  socket(10, {
    local: { address, port: 3000 },
    acceptQueue: { length, limit: 5 },
    family: address.includes(':') ? 'ipv6' : 'ipv4',
    ...given,
  });

/** Answers in turn; the last one stays. */
const hostOf = (...answers: readonly (readonly Socket[])[]) => {
  const asked: SocketQuery[] = [];
  const sockets = (query: SocketQuery) => {
    const answer = answers[Math.min(asked.push(query), answers.length) - 1] ?? [];
    return { backend: 'netlink' as const, sockets: answer, rawSockets: [], problems: [] };
  };
  return { host: { sockets }, asked };
};

const look = async (...answers: readonly (readonly Socket[])[]) => {
  vi.useFakeTimers();
  const { host, asked } = hostOf(...answers);
  const looking = unacceptedQueue(host, '127.0.0.1', 3000, new AbortController().signal);
  await vi.runAllTimersAsync();
  return { queue: await looking, looks: asked.length };
};

describe('of literals', () => {
  it('an empty queue is looked at once', async () => {
    expect(await look([listening('127.0.0.1', 0)])).toEqual({ queue: null, looks: 1 });
  });

  it('a queue that empties is looked at until it is empty', async () => {
    const one = [listening('127.0.0.1', 1)];
    expect(await look(one, one, [listening('127.0.0.1', 0)])).toEqual({ queue: null, looks: 3 });
  });

  it('a queue that stays is told', async () => {
    const { queue, looks } = await look([listening('127.0.0.1', 2)]);
    expect(queue).toEqual({ length: 2, limit: 5 });
    expect(looks).toBeGreaterThan(3);
  });

  it('no longer than it says', async () => {
    vi.useFakeTimers();
    const { host } = hostOf([listening('127.0.0.1', 2)]);
    const looking = unacceptedQueue(host, '127.0.0.1', 3000, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(acceptanceMs);
    expect(vi.getTimerCount()).toBe(0);
    expect(await looking).toEqual({ length: 2, limit: 5 });
  });

  it.each<[string, readonly Socket[], number | null]>([
    ['nobody', [], null],
    ['another address of the port', [listening('127.0.0.2', 3)], null],
    ['the wildcard', [listening('0.0.0.0', 3)], 3],
    ['both families’ wildcard', [listening('::', 3, { v6only: false })], 3],
    ['IPv6 alone', [listening('::', 3, { v6only: true })], null],
    ['the address before the wildcard', [listening('0.0.0.0', 3), listening('127.0.0.1', 0)], null],
    ['a group', [listening('127.0.0.1', 1), listening('127.0.0.1', 2)], 3],
    [
      'another port',
      [listening('127.0.0.1', 3, { local: { address: '127.0.0.1', port: 1 } })],
      null,
    ],
    ['a connection', [listening('127.0.0.1', 3, { state: 'established' })], null],
    ['a queue that was not read', [listening('127.0.0.1', 0, { acceptQueue: null })], null],
  ])('%s', async (_, sockets, length) => {
    expect((await look(sockets)).queue?.length ?? null).toBe(length);
  });

  it('a limit of a group that was not read stays unknown', async () => {
    const acceptQueue = { length: 1, limit: unknown('unsupported') };
    const sockets = [listening('127.0.0.1', 1), listening('127.0.0.1', 1, { acceptQueue })];
    expect((await look(sockets)).queue?.length).toBe(2);
  });

  it('ends with its signal', async () => {
    vi.useFakeTimers();
    const abort = new AbortController();
    const { host } = hostOf([listening('127.0.0.1', 2)]);
    const looking = unacceptedQueue(host, '127.0.0.1', 3000, abort.signal);
    abort.abort(new Error('Ctrl-C'));
    await expect(looking).rejects.toThrow('Ctrl-C');
  });
});

const mute = `
import socket, sys
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(8)
print(server.getsockname()[1], flush=True)
sys.stdin.read()
`;

describe('of real servers', () => {
  const { signal } = new AbortController();

  it('one that accepts has nobody waiting', async () => {
    const server = await listen({ host: '127.0.0.1', port: 0 });
    const client = connect(portOf(server), '127.0.0.1');
    onTestFinished(() => {
      client.destroy();
      server.close();
    });
    await once(client, 'connect');
    expect(await unacceptedQueue(openHost(), '127.0.0.1', portOf(server), signal)).toBeNull();
  });

  it.skipIf(!hasPython)(
    'one that never accepts has, also once they are gone (python3)',
    async () => {
      const { first, stop } = await startPython(mute);
      onTestFinished(stop);
      for (const _ of [1, 2]) {
        const client = connect(Number(first), '127.0.0.1');
        await once(client, 'connect');
        client.destroy();
      }
      expect(await unacceptedQueue(openHost(), '127.0.0.1', Number(first), signal)).toEqual({
        length: 2,
        limit: 8,
      });
    },
  );
});
