import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/open-host.ts';
import { takeSnapshot } from '../../src/operations/take-snapshot.ts';
import { waitFor, type WaitProgress } from '../../src/operations/wait-for.ts';
import type { WaitForInput } from '../../src/operations/wait-for.schema.ts';
import { freePort } from '../support/free-port.ts';
import { programStarter } from '../support/start-program.ts';
import { startRedis, serverProgram } from '../support/servers.ts';
import { hasPython, startPython } from '../support/start-python.ts';
import { hasRedis, startLoadingRedis, startStandby } from '../support/starting-servers.ts';

const start = programStarter();

const context = (host: Partial<Host> = {}, signal = new AbortController().signal) => ({
  host: { ...openHost(), ...host },
  signal,
  now: Date.now,
});

const wait = (input: WaitForInput, onProgress?: (progress: WaitProgress) => void) =>
  waitFor(context(), { timeoutMs: 15_000, ...input }, onProgress);

/** Serves on a port from `delayMs` on. */
const listenAfter = (delayMs: number, server: Server, port: number): void => {
  const timer = setTimeout(() => server.listen(port, '127.0.0.1'), delayMs);
  onTestFinished(() => {
    clearTimeout(timer);
    server.close();
  });
};

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
const credentials = {
  key: fixture('test-only-key.pem'),
  cert: fixture('test-only-certificate.pem'),
};

const hello: RequestListener = (_, response) => void response.end('hello');

describe('a server that starts late', () => {
  it('is waited for, with progress on the way', async () => {
    const port = await freePort();
    const program = `setTimeout(() => require('http').createServer((q, r) => r.end()).listen(${port}, '127.0.0.1'), 300);`;
    await start(process.execPath, ['-e', program]);
    const seen: WaitProgress[] = [];
    const result = await wait({ target: `127.0.0.1:${port}` }, (one) => void seen.push(one));
    expect(result).toMatchObject({
      for: 'any',
      answered: true,
      met: null,
      protocol: { status: 'identified', id: 'http1' },
      diagnosis: null,
    });
    expect(result.attempts).toBe(seen.length + 1);
    expect(seen[0]).toMatchObject({
      attempts: 1,
      met: `127.0.0.1:${port} refuses (ECONNREFUSED)`,
    });
    expect(seen.map(({ attempts }) => attempts)).toEqual(seen.map((_, index) => index + 1));
  });

  it('accepts is enough for tcp, and nothing is said to it', async () => {
    const port = await freePort();
    const said: Buffer[] = [];
    const server = createServer((socket) => socket.on('data', (chunk) => said.push(chunk)));
    listenAfter(100, server, port);
    const result = await wait({ target: `localhost:${port}`, for: 'tcp' });
    expect(result).toMatchObject({
      for: 'tcp',
      answered: true,
      protocol: { status: 'not-probed' },
    });
    await sleep(100);
    expect(said).toEqual([]);
  });

  it('answers as its URL says, in TLS', async () => {
    const port = await freePort();
    listenAfter(100, createHttps(credentials, hello), port);
    const result = await wait({ target: `https://localhost:${port}/health` });
    expect(result).toMatchObject({ for: 'https', answered: true, protocol: { id: 'http1' } });
    expect(result.protocol).toHaveProperty('tls.version');
  });

  it('is silent to all that is said, and serves anything', async () => {
    const port = await freePort();
    listenAfter(
      50,
      createServer((socket) => socket.resume().on('error', () => {})),
      port,
    );
    const result = await wait({ target: `127.0.0.1:${port}` });
    expect(result).toMatchObject({ answered: true, protocol: { status: 'unrecognised' } });
  });
});

describe('a server that answers before it serves', () => {
  it('HTTP that says 503 is waited for until it says something else', async () => {
    let asked = 0;
    const port = await freePort();
    const server = createHttp((_, response) => {
      asked += 1;
      response.writeHead(asked < 4 ? 503 : 200).end();
    });
    listenAfter(0, server, port);
    const met: string[] = [];
    const result = await wait(
      { target: `http://127.0.0.1:${port}` },
      (one) => void met.push(one.met),
    );
    expect(result).toMatchObject({ answered: true, protocol: { details: { status: '200' } } });
    expect(met).toContain('HTTP answers with 503');
  });

  it.skipIf(!hasRedis)('Redis that loads (redis-server)', async () => {
    const server = await startLoadingRedis();
    onTestFinished(server.stop);
    const met: string[] = [];
    const target = `127.0.0.1:${server.port}`;
    const result = await wait({ target, for: 'redis' }, (one) => void met.push(one.met));
    expect(result).toMatchObject({
      answered: true,
      protocol: { id: 'redis', details: { mode: 'standalone' } },
    });
    expect(met).toContain('Redis answers that it is still loading');
  });

  it.skipIf(serverProgram('postgres') === null)(
    'PostgreSQL that starts up (postgresql)',
    async () => {
      const server = await startStandby();
      onTestFinished(server.stop);
      const target = `127.0.0.1:${server.port}`;
      const early = await wait({ target, for: 'postgres', timeoutMs: 1_500 });
      expect(early).toMatchObject({
        answered: false,
        met: expect.stringMatching(/^the database system is /),
        protocol: { id: 'postgres' },
      });
      const late = wait({ target });
      server.promote();
      expect(await late).toMatchObject({
        for: 'any',
        answered: true,
        protocol: { id: 'postgres' },
      });
    },
  );
});

describe.skipIf(!hasPython)('a server whose kernel accepts in its place (python3)', () => {
  const mute = (backlog: number) => `
import socket, sys
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(${backlog})
print(server.getsockname()[1], flush=True)
sys.stdin.read()
`;

  it('does not answer, and is not asked again and again', async () => {
    const { first, stop } = await startPython(mute(64));
    onTestFinished(stop);
    const dialled: number[] = [];
    const host = openHost();
    const dial: Host['dial'] = (to, signal) => {
      dialled.push(Date.now());
      return host.dial(to, signal);
    };
    const seen: WaitProgress[] = [];
    const input = { target: `127.0.0.1:${first}`, timeoutMs: 3_000 };
    const result = await waitFor(context({ dial }), input, (one) => {
      if (seen.push(one) === 1) dialled.length = 0;
    });
    expect(result).toMatchObject({ answered: false, met: 'it listens, and accepts nobody' });
    expect(result.diagnosis?.symptom).toMatchObject({ class: 'timeout', from: 'attempt' });
    expect(result.attempts).toBeGreaterThan(2);
    // The diagnosis at the end connects once more and asks for half a second; the wait itself never did.
    expect(dialled.length).toBeLessThan(8);
  });

  it('answers once it is let go on', async () => {
    const program = `require('http').createServer((q, r) => r.end()).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
    const server = await start(process.execPath, ['-e', program]);
    const port = await server.line();
    process.kill(server.pid, 'SIGSTOP');
    let continued = false;
    const result = await wait({ target: `127.0.0.1:${port}` }, ({ met }) => {
      if (met === 'it listens, and accepts nobody' && !continued) {
        continued = true;
        process.kill(server.pid, 'SIGCONT');
      }
    });
    expect(continued).toBe(true);
    expect(result).toMatchObject({ answered: true, protocol: { id: 'http1' } });
  });
});

describe('at the deadline', () => {
  it('nobody listens, and why', async () => {
    const port = await freePort();
    const result = await wait({ target: `127.0.0.1:${port}`, timeoutMs: 120 });
    expect(result).toMatchObject({
      answered: false,
      met: `127.0.0.1:${port} refuses (ECONNREFUSED)`,
      protocol: { status: 'not-probed' },
      diagnosis: { verdict: 'explained', symptom: { class: 'connection-refused' } },
    });
    expect(result.waitedMs).toBeGreaterThanOrEqual(120);
  });

  it('another protocol answers, which the diagnosis names', async () => {
    const port = await freePort();
    listenAfter(0, createHttp(hello), port);
    const result = await wait({ target: `127.0.0.1:${port}`, for: 'redis', timeoutMs: 1_000 });
    expect(result).toMatchObject({
      for: 'redis',
      answered: false,
      met: 'HTTP/1.1 answers',
      protocol: { id: 'http1' },
      diagnosis: { symptom: { class: 'wrong-protocol' }, verdict: 'explained' },
    });
    expect(result.diagnosis?.answer).toMatch(/speaks HTTP.*expects Redis/);
  });

  it('plain HTTP answers where TLS is waited for', async () => {
    const port = await freePort();
    listenAfter(0, createHttp(hello), port);
    const { diagnosis } = await wait({ target: `127.0.0.1:${port}`, for: 'tls', timeoutMs: 1_000 });
    expect(diagnosis?.symptom.class).toBe('tls-on-http-port');
  });

  it('a name has no address', async () => {
    const result = await wait({ target: 'http://no-such-name.invalid:80', timeoutMs: 100 });
    expect(result).toMatchObject({
      answered: false,
      met: 'no-such-name.invalid has no address yet',
      diagnosis: { symptom: { class: 'name-not-resolved' } },
    });
  });

  it('comes on time, also where connecting never ends', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const never: Partial<Host> = {
      dial: () => new Promise(() => {}),
      resolve: () => new Promise(() => {}),
    };
    const waiting = waitFor(context(never), { target: '127.0.0.1:1', timeoutMs: 400 });
    const done = vi.fn();
    void waiting.then(done, done);
    // The diagnosis comes after it, with limits of its own; what it reads takes real time.
    while (done.mock.calls.length === 0) {
      await vi.advanceTimersByTimeAsync(50);
      await new Promise(setImmediate);
    }
    expect(await waiting).toMatchObject({
      answered: false,
      waitedMs: 400,
      met: 'no answer in time',
      diagnosis: { symptom: { class: 'timeout', from: 'attempt' } },
    });
  });
});

test.skipIf(!hasRedis)('a server of the wire protocol that is named (redis-server)', async () => {
  const server = await startRedis();
  onTestFinished(server.stop);
  const result = await wait({ target: `redis://127.0.0.1:${server.port}` });
  expect(result).toMatchObject({ for: 'redis', answered: true, protocol: { id: 'redis' } });
});

test('an abort ends it at once, with its reason', async () => {
  const abort = new AbortController();
  const port = await freePort();
  const waiting = waitFor(context({}, abort.signal), { target: `127.0.0.1:${port}` }, () =>
    abort.abort(new Error('Ctrl-C')),
  );
  await expect(waiting).rejects.toThrow('Ctrl-C');
});

test('who takes one client alone is left to it', async () => {
  const port = await freePort();
  const connections: unknown[] = [];
  const server = createServer((socket) => connections.push(socket));
  listenAfter(0, server, port);
  const host = openHost();
  const asNetcat: Partial<Host> = {
    process: (pid, detail) => {
      const one = host.process(pid, detail);
      return pid === process.pid && 'pid' in one
        ? {
            ...one,
            comm: 'nc',
            argv: ['nc', '-l', String(port)],
            exe: { path: '/usr/bin/nc', deleted: false },
          }
        : one;
    },
  };
  const any = await waitFor(context(asNetcat), { target: `127.0.0.1:${port}`, timeoutMs: 5_000 });
  expect(any).toMatchObject({
    answered: true,
    protocol: { status: 'not-probed', why: 'it ends after its first connection' },
  });
  const http = await waitFor(context(asNetcat), {
    target: `127.0.0.1:${port}`,
    for: 'http',
    timeoutMs: 300,
  });
  expect(http).toMatchObject({
    answered: false,
    met: 'it is not asked: it ends after its first connection',
  });
  expect(connections).toEqual([]);
});

describe('what can not be waited for is refused', () => {
  it.each<[Partial<WaitForInput>, RegExp]>([
    [{ target: 'pid:1' }, /only an endpoint/],
    [{ target: 'postgres' }, /only an endpoint/],
    [{ target: 'unix:/run/x.sock' }, /only an endpoint/],
    [{ target: 'udp:53' }, /UDP/],
    [{ target: 'localhost:0' }, /port 0/],
    [{ target: '127.0.0.1:99999' }, /port must be/],
    [{ for: 'reddis' }, /"reddis" is nothing that can be waited for/],
    [{ timeoutMs: 0 }, /can't take 0 ms/],
    [{ timeoutMs: -5 }, /can't take -5 ms/],
    [{ timeoutMs: Number.NaN }, /can't take NaN ms/],
    [{ timeoutMs: Number.POSITIVE_INFINITY }, /can't take Infinity ms/],
  ])('%j', async (input, message) => {
    const dial = vi.fn();
    const asking = waitFor(context({ dial }), { target: '127.0.0.1:1', ...input });
    await expect(asking).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message),
    });
    expect(dial).not.toHaveBeenCalled();
  });

  it('a snapshot, which never changes', async () => {
    const snapshot = await takeSnapshot(context(), {});
    const { signal, now } = context();
    const asking = waitFor({ snapshot, signal, now }, { target: '127.0.0.1:1' });
    await expect(asking).rejects.toMatchObject({
      code: 'invalid-input',
      hint: 'leave out --snapshot',
    });
  });
});
