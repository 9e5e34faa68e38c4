import { createServer } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer as createRaw } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Host } from '../../src/host/host.ts';
import { takeSnapshot } from '../../src/operations/take-snapshot.ts';
import { waitFor } from '../../src/operations/wait-for.ts';
import type { WaitForInput } from '../../src/operations/wait-for.schema.ts';
import { freePort } from '../support/free-port.ts';
import { http, serve, serveAfter, thisMachine, wait } from './asking.ts';

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
    serveAfter(0, http(), port);
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
    serveAfter(0, http(), port);
    const { diagnosis } = await wait({ target: `127.0.0.1:${port}`, for: 'tls', timeoutMs: 1_000 });
    expect(diagnosis?.symptom.class).toBe('tls-on-http-port');
  });

  it.each([
    ['any', null],
    ['http', 'http'],
  ])('a server hangs that says only what is wrong (%s)', async (word, asked) => {
    const { port } = await serve(
      '127.0.0.1',
      createServer(() => {}),
    );
    const target = `127.0.0.1:${port}`;
    const input = asked === null ? { target } : { target, for: asked };
    const result = await wait({ ...input, timeoutMs: 1_200 });
    expect(result).toMatchObject({
      for: word,
      answered: false,
      diagnosis: { symptom: { class: 'timeout', from: 'attempt' }, verdict: 'explained' },
    });
    expect(result.diagnosis?.causes[0]?.id).toBe('application-silent');
  });

  it('a server is silent to all that is said', async () => {
    const { port } = await serve('127.0.0.1', createRaw());
    const target = `127.0.0.1:${port}`;
    const result = await wait({ target, timeoutMs: 1_200 });
    expect(result).toMatchObject({
      answered: false,
      diagnosis: { symptom: { class: 'timeout' }, verdict: 'explained' },
    });
    expect(await wait({ target, for: 'tcp' })).toMatchObject({ answered: true });
  });

  it('HTTP answers with 500, and the diagnosis says so too', async () => {
    const failing = createServer((_, response) => void response.writeHead(500).end());
    const { port } = await serve('127.0.0.1', failing);
    const result = await wait({ target: `127.0.0.1:${port}`, timeoutMs: 400 });
    expect(result).toMatchObject({
      met: 'HTTP answers with 500',
      diagnosis: { symptom: { class: 'application-error' }, verdict: 'explained' },
    });
  });

  it('HTTP/2 alone answers, which is no HTTP/1.1', async () => {
    const { port } = await serve(
      '127.0.0.1',
      createHttp2((_, response) => void response.end('two')),
    );
    const target = `127.0.0.1:${port}`;
    const result = await wait({ target, for: 'http', timeoutMs: 600 });
    expect(result).toMatchObject({
      met: 'HTTP/2 answers, and no HTTP/1.1',
      diagnosis: { symptom: { class: 'wrong-protocol' } },
    });
    expect(result.diagnosis?.causes[0]?.id).toBe('http2-only');
    expect(await wait({ target, for: 'http2' })).toMatchObject({ answered: true });
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
    const waiting = waitFor(thisMachine(never), { target: '127.0.0.1:1', timeoutMs: 400 });
    const settled = Promise.allSettled([waiting]);
    // The diagnosis comes after it, with limits of its own; what it reads takes real time.
    const turn = async () => {
      await vi.advanceTimersByTimeAsync(50);
      return new Promise((resolve) => setImmediate(resolve, null));
    };
    while ((await Promise.race([settled, turn()])) === null);
    expect(await waiting).toMatchObject({
      answered: false,
      waitedMs: 400,
      met: 'no answer in time',
      diagnosis: { symptom: { class: 'timeout', from: 'attempt' } },
    });
  });
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
    const asking = waitFor(thisMachine({ dial }), { target: '127.0.0.1:1', ...input });
    await expect(asking).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message),
    });
    expect(dial).not.toHaveBeenCalled();
  });

  it('a snapshot, which never changes', async () => {
    const snapshot = await takeSnapshot(thisMachine(), {});
    const { signal, now } = thisMachine();
    const asking = waitFor({ snapshot, signal, now }, { target: '127.0.0.1:1' });
    await expect(asking).rejects.toMatchObject({
      code: 'invalid-input',
      hint: 'leave out --snapshot',
    });
  });
});
