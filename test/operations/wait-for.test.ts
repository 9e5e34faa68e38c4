import { readFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/open-host.ts';
import { waitFor, type WaitProgress } from '../../src/operations/wait-for.ts';
import { freePort } from '../support/free-port.ts';
import { serverProgram, startRedis } from '../support/servers.ts';
import { programStarter } from '../support/start-program.ts';
import { hasPython, startPython } from '../support/start-python.ts';
import { hasRedis, startLoadingRedis, startStandby } from '../support/starting-servers.ts';
import { disguisedAs, serve, serveAfter, thisMachine, wait } from './asking.ts';

const start = programStarter();

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
const credentials = {
  key: fixture('test-only-key.pem'),
  cert: fixture('test-only-certificate.pem'),
};

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
    serveAfter(100, server, port);
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
    serveAfter(
      100,
      createHttps(credentials, (_, response) => void response.end('hello')),
      port,
    );
    const result = await wait({ target: `https://localhost:${port}/health` });
    expect(result).toMatchObject({ for: 'https', answered: true, protocol: { id: 'http1' } });
    expect(result.protocol).toHaveProperty('tls.version');
  });

  it('says something that nobody knows, and serves anything', async () => {
    const port = await freePort();
    serveAfter(
      50,
      createServer((socket) => void socket.on('error', () => {}).write('\u0001\u0002')),
      port,
    );
    const result = await wait({ target: `127.0.0.1:${port}` });
    expect(result).toMatchObject({ answered: true, protocol: { status: 'unrecognised' } });
  });

  it('takes longer for an answer than the first attempt waits', async () => {
    const { port } = await serve(
      '127.0.0.1',
      createHttp((_, response) => void setTimeout(() => response.end('late'), 3_000)),
    );
    const target = `http://127.0.0.1:${port}`;
    expect(await wait({ target })).toMatchObject({
      answered: true,
      protocol: { id: 'http1', details: { status: '200' } },
    });
  });

  it('is asked for the page that the URL names', async () => {
    const { port } = await serve(
      '127.0.0.1',
      createHttp((request, response) => {
        response.writeHead(request.url === '/health?full=1' ? 503 : 200).end();
      }),
    );
    const target = `http://127.0.0.1:${port}`;
    expect(await wait({ target: `${target}/health?full=1`, timeoutMs: 500 })).toMatchObject({
      answered: false,
      met: 'HTTP answers with 503',
    });
    expect(await wait({ target })).toMatchObject({ answered: true });
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
    serveAfter(0, server, port);
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
    const result = await waitFor(thisMachine({ dial }), input, (one) => {
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

test.skipIf(!hasRedis)('a server of the wire protocol that is named (redis-server)', async () => {
  const server = await startRedis();
  onTestFinished(server.stop);
  const result = await wait({ target: `redis://127.0.0.1:${server.port}` });
  expect(result).toMatchObject({ for: 'redis', answered: true, protocol: { id: 'redis' } });
});

test('an abort ends it at once, with its reason', async () => {
  const abort = new AbortController();
  const port = await freePort();
  const waiting = waitFor(thisMachine({}, abort.signal), { target: `127.0.0.1:${port}` }, () =>
    abort.abort(new Error('Ctrl-C')),
  );
  await expect(waiting).rejects.toThrow('Ctrl-C');
});

test('who takes one client alone is left to it', async () => {
  const { port, connections } = await serve();
  const asNetcat = thisMachine(disguisedAs('nc', '-l', String(port)));
  const target = `127.0.0.1:${port}`;
  expect(await waitFor(asNetcat, { target, timeoutMs: 5_000 })).toMatchObject({
    answered: true,
    protocol: { status: 'not-probed', why: 'it ends after its first connection' },
  });
  expect(await waitFor(asNetcat, { target, for: 'http', timeoutMs: 300 })).toMatchObject({
    answered: false,
    met: 'it is not asked: it ends after its first connection',
  });
  expect(connections).toEqual([]);
});
