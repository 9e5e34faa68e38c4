import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, onTestFinished, test, vi } from 'vitest';
import {
  dialAddresses,
  dialLimitMs,
  type DialOptions,
} from '../../../src/diagnose/probes/dial-addresses.ts';
import { dial } from '../../../src/host/dial.ts';
import type { Host } from '../../../src/host/host.ts';
import type { DialAttempt } from '../../../src/model/diagnosis.ts';
import { freePort } from '../../support/free-port.ts';
import { portOf } from '../../support/open-sockets.ts';

const options = (given: Partial<DialOptions> = {}): DialOptions => ({
  signal: new AbortController().signal,
  now: Date.now,
  ...given,
});

const failing =
  (code: string | null): Host['dial'] =>
  () =>
    Promise.reject(Object.assign(new Error('no'), code === null ? {} : { code }));

afterEach(() => void vi.useRealTimers());

const listening = async (address: string, port = 0): Promise<Server> => {
  const server = createServer();
  server.listen(port, address);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return server;
};

describe('real sockets', () => {
  it('connects to each address, in its order, and says nothing', async () => {
    const server = await listening('127.0.0.1');
    const said: Buffer[] = [];
    const closed: Promise<unknown>[] = [];
    server.on('connection', (socket) => {
      socket.on('data', (chunk: Buffer) => said.push(chunk));
      closed.push(once(socket, 'close'));
    });
    const port = portOf(server);
    const attempts = await dialAddresses(dial, ['::1', '127.0.0.1'], port, options());
    expect(attempts.map(({ address, outcome, code }) => [address, outcome, code])).toEqual([
      ['::1', 'refused', 'ECONNREFUSED'],
      ['127.0.0.1', 'connected', null],
    ]);
    await vi.waitFor(() => expect(closed).toHaveLength(1));
    await closed[0];
    expect(said).toEqual([]);
  });

  it('is refused where nobody listens', async () => {
    const [attempt] = await dialAddresses(dial, ['127.0.0.1'], await freePort(), options());
    expect(attempt).toMatchObject({ outcome: 'refused', code: 'ECONNREFUSED' });
  });

  it('meets itself where TCP connects a socket to itself', async () => {
    const port = await freePort();
    // The kernel gives such a port by chance, to who asks often enough; here it is asked for.
    const toItself: Host['dial'] = async () => {
      const socket = connect({ host: '127.0.0.1', port, localPort: port });
      await once(socket, 'connect');
      return socket;
    };
    const [attempt] = await dialAddresses(toItself, ['127.0.0.1'], port, options());
    expect(attempt).toMatchObject({ outcome: 'met-itself', code: null });
  });

  it('does not meet itself where another end has the same port number', async () => {
    const port = await freePort();
    await listening('127.0.0.2', port);
    const fromItsPort: Host['dial'] = async () => {
      const socket = connect({
        host: '127.0.0.2',
        port,
        localAddress: '127.0.0.1',
        localPort: port,
      });
      await once(socket, 'connect');
      return socket;
    };
    const [attempt] = await dialAddresses(fromItsPort, ['127.0.0.2'], port, options());
    expect(attempt).toMatchObject({ outcome: 'connected' });
  });
});

test.each<[string | null, DialAttempt['outcome']]>([
  ['ECONNREFUSED', 'refused'],
  ['ETIMEDOUT', 'timed-out'],
  ['ECONNRESET', 'reset'],
  ['EHOSTUNREACH', 'no-route'],
  ['ENETUNREACH', 'no-route'],
  ['EINVAL', 'no-route'],
  ['EADDRNOTAVAIL', 'address-not-available'],
  ['EAFNOSUPPORT', 'address-not-available'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['EMFILE', 'failed'],
  [null, 'failed'],
])('%s is %s', async (code, outcome) => {
  const [attempt] = await dialAddresses(failing(code), ['127.0.0.1'], 1, options());
  expect(attempt).toMatchObject({ address: '127.0.0.1', port: 1, outcome, code });
});

describe('the limit', () => {
  it('holds for a dial that never ends, for all addresses together', async () => {
    vi.useFakeTimers();
    const never: Host['dial'] = () => new Promise(() => {});
    const attempts = dialAddresses(never, ['127.0.0.1', '::1'], 1, options());
    await vi.advanceTimersByTimeAsync(dialLimitMs);
    expect(await attempts).toEqual(
      ['127.0.0.1', '::1'].map((address) => ({
        address,
        port: 1,
        outcome: 'timed-out',
        code: null,
        durationMs: dialLimitMs,
      })),
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is what the caller says', async () => {
    vi.useFakeTimers();
    const never: Host['dial'] = () => new Promise(() => {});
    const attempts = dialAddresses(never, ['127.0.0.1'], 1, options({ limitMs: 20 }));
    await vi.advanceTimersByTimeAsync(20);
    expect(await attempts).toMatchObject([{ outcome: 'timed-out', durationMs: 20 }]);
  });

  it('closes a connection that comes after it', async () => {
    vi.useFakeTimers();
    const late = new PassThrough();
    const { promise, resolve } = Promise.withResolvers<PassThrough>();
    const attempts = dialAddresses(() => promise, ['127.0.0.1'], 1, options());
    await vi.advanceTimersByTimeAsync(dialLimitMs);
    expect(await attempts).toMatchObject([{ outcome: 'timed-out' }]);
    resolve(late);
    await vi.advanceTimersByTimeAsync(0);
    expect(late.destroyed).toBe(true);
  });
});

test('the signal ends it with its reason', async () => {
  const abort = new AbortController();
  const never: Host['dial'] = () => new Promise(() => {});
  const attempts = dialAddresses(never, ['127.0.0.1'], 1, options({ signal: abort.signal }));
  abort.abort(new Error('Ctrl-C'));
  await expect(attempts).rejects.toThrow('Ctrl-C');
});

test('a few addresses tell enough', async () => {
  const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
  const attempts = await dialAddresses(failing('ECONNREFUSED'), addresses, 1, options());
  expect(attempts.map(({ address }) => address)).toEqual(addresses.slice(0, 4));
});

test('no addresses, no attempts', async () => {
  expect(await dialAddresses(failing(null), [], 1, options())).toEqual([]);
});
