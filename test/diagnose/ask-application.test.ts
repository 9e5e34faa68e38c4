import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createSecureServer, createServer as createHttp2 } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { createServer as createNet, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import {
  type ApplicationQuestion,
  askApplication,
} from '../../src/diagnose/probes/ask-application.ts';
import { dial } from '../../src/host/dial.ts';
import { listening } from '../protocols/probing.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
const credentials = {
  key: fixture('test-only-key.pem'),
  cert: fixture('test-only-certificate.pem'),
};

const running: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(() => {
  for (const { server, sockets } of running.splice(0)) {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
});

const ask = async (server: Server, options: Partial<ApplicationQuestion> = {}) => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('error', () => {}));
  });
  running.push({ server, sockets });
  const port = await listening(server);
  const answer = await askApplication({
    dial,
    target: { transport: 'tcp', address: '127.0.0.1', port },
    tls: false,
    hostHeader: 'app.shop.localhost:8000',
    signal: new AbortController().signal,
    now: () => performance.now(),
    ...options,
  });
  return { ...answer, sockets };
};

const echo: RequestListener = (request, response) => {
  response.writeHead(403, { 'X-Two': ['one', 'two'], Location: '/elsewhere' });
  response.end(`${request.method} ${request.url} ${request.headers.host}`);
};

test('one GET with the Host header of the URL, and what came of it', async () => {
  const { value, durationMs } = await ask(createHttp(echo));
  expect(value).toMatchObject({
    url: 'http://app.shop.localhost:8000/',
    status: 403,
    headers: { 'x-two': 'one', location: '/elsewhere', 'keep-alive': 'timeout=5' },
    body: 'GET / app.shop.localhost:8000',
  });
  expect(durationMs).toBeGreaterThan(0);
});

test('no redirect is followed and no connection kept', async () => {
  const seen: string[] = [];
  const server = createHttp((request, response) => {
    seen.push(request.url ?? '');
    response.writeHead(302, { Location: '/next' }).end();
  });
  const { value, sockets } = await ask(server);
  expect(value).toMatchObject({ status: 302 });
  await expect.poll(() => [...sockets].every(({ destroyed }) => destroyed)).toBe(true);
  expect(seen).toEqual(['/']);
});

test('over TLS, whatever the certificate', async () => {
  const { value } = await ask(createHttps(credentials, echo), { tls: true });
  expect(value).toMatchObject({ url: 'https://app.shop.localhost:8000/', status: 403 });
});

test('a long body is cut at 16 kB, and one that never ends too', async () => {
  const long = await ask(createHttp((_, response) => response.end('x'.repeat(100_000))));
  expect(long.value).toMatchObject({ status: 200, body: 'x'.repeat(16_384) });
  const endless = await ask(
    createHttp((_, response) => response.write('data: 1\n\n')),
    {
      limitMs: 200,
    },
  );
  expect(endless.value).toMatchObject({ status: 200, body: 'data: 1\n\n' });
});

test('who does not answer in time, hangs up or speaks something else, is told apart', async () => {
  const silent = await ask(createNet(), { limitMs: 100 });
  expect(silent.value).toEqual({
    unknown: 'unsupported',
    why: 'no answer came within 100 ms',
  });
  const closing = await ask(createNet((socket) => void socket.once('data', () => socket.end())));
  expect(closing.value).toMatchObject({ unknown: 'gone' });
  const foreign = await ask(createNet((socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
  expect(foreign.value).toEqual({
    unknown: 'unsupported',
    why: 'what it answers is no HTTP/1.1',
  });
});

test('a server of HTTP/2 alone is no HTTP/1.1', async () => {
  const clear = await ask(createHttp2());
  expect(clear.value).toMatchObject({ unknown: expect.any(String) });
  const secure = await ask(createSecureServer({ ...credentials, allowHTTP1: false }), {
    tls: true,
  });
  expect(secure.value).toMatchObject({ unknown: expect.any(String) });
});

test('nothing listens: unknown; stopped: the reason', async () => {
  const server = createNet();
  const port = await listening(server);
  server.close();
  const question: ApplicationQuestion = {
    dial,
    target: { transport: 'tcp', address: '127.0.0.1', port },
    tls: false,
    hostHeader: 'localhost',
    signal: new AbortController().signal,
    now: () => 0,
  };
  expect((await askApplication(question)).value).toEqual({
    unknown: 'gone',
    why: 'the connection was refused',
  });
  const stopped = { ...question, signal: AbortSignal.abort(new Error('enough')) };
  await expect(askApplication(stopped)).rejects.toThrow('enough');
});
