import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer as createNet, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { serve } from '../operations/asking.ts';
import { canFilter } from '../support/firewall-apart.ts';
import { freePort } from '../support/free-port.ts';
import { hasPython } from '../support/start-python.ts';
import { whyApart } from '../support/why-apart.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';

const raw = async (onConnection: (socket: Socket) => void): Promise<number> =>
  (
    await serve(
      '127.0.0.1',
      createNet((socket) => onConnection(socket.on('error', () => {}))),
    )
  ).port;

const web = async (listener: RequestListener): Promise<number> =>
  (await serve('127.0.0.1', createHttp(listener))).port;

/** Writes the same again and again until the client leaves. */
const endless =
  (bytes: Buffer | string) =>
  (socket: Socket): void => {
    const timer = setInterval(() => socket.write(bytes), 5);
    socket.on('close', () => clearInterval(timer));
  };

describe('an application that never answers', () => {
  it.each([
    ['its URL', (port: number) => ({ target: `http://localhost:${port}/` })],
    ['its port', (port: number) => ({ target: `127.0.0.1:${port}` })],
    [
      "its client's message",
      (port: number) => ({
        message: `requests.exceptions.ReadTimeout: HTTPConnectionPool(host='localhost', port=${port}): Read timed out. (read timeout=5)`,
      }),
    ],
  ])('is told by %s', async (_, input) => {
    const diagnosis = await askWhy(input(await web(() => {})));
    expect(diagnosis).toMatchObject({ symptom: { class: 'timeout' }, verdict: 'explained' });
    expect(diagnosis.causes[0]).toMatchObject({ id: 'application-silent' });
    expect(diagnosis.stages.find(({ id }) => id === 'application')).toMatchObject({
      result: 'fail',
      summary: 'GET /: no answer came within 3000 ms',
    });
  });

  it('but in two seconds is slow, and works', async () => {
    const port = await web((_, response) => void setTimeout(() => response.end('slow'), 2_000));
    const { verdict, answer } = await askWhy({ target: `http://127.0.0.1:${port}` });
    expect(verdict).toBe('works');
    expect(answer).toMatch(/answers in HTTP\/1\.1 after [23]\.\d s$/);
  });
});

describe('a server that sends its clients away', () => {
  it.each([
    ['by a reset', (socket: Socket) => void socket.resetAndDestroy()],
    ['by hanging up', (socket: Socket) => void socket.destroy()],
  ])('%s', async (_, onConnection) => {
    const port = await raw(onConnection);
    for (const target of [`127.0.0.1:${port}`, `http://127.0.0.1:${port}`]) {
      const diagnosis = await askWhy({ target });
      expect(diagnosis).toMatchObject({
        symptom: { class: 'connection-reset', from: 'attempt' },
        verdict: 'explained',
      });
      expect(causeIds(diagnosis)[0]).toBe('closed-by-server');
    }
  });
});

describe('a server that speaks no HTTP, asked as http://', () => {
  it('is silent', async () => {
    const port = await raw((socket) => void socket.resume());
    const diagnosis = await askWhy({ target: `http://127.0.0.1:${port}` });
    expect(diagnosis).toMatchObject({ symptom: { class: 'timeout' }, verdict: 'explained' });
    expect(causeIds(diagnosis)[0]).toBe('application-silent');
    // Nobody says that it speaks HTTP: it may be silent to strangers.
    expect(await askWhy({ target: `127.0.0.1:${port}` })).toMatchObject({ verdict: 'works' });
  });

  it.each([
    ['letters without an end', endless('x'.repeat(1_000))],
    ['bytes without an end', endless(Buffer.from([0, 1, 2, 255, 254, 3]))],
  ])('says %s', async (_, onConnection) => {
    const diagnosis = await askWhy({ target: `http://127.0.0.1:${await raw(onConnection)}` });
    expect(diagnosis).toMatchObject({ symptom: { class: 'wrong-protocol' }, verdict: 'explained' });
    expect(causeIds(diagnosis)[0]).toBe('unknown-protocol');
  });

  it('speaks HTTP/2 alone', async () => {
    const server = createHttp2((_, response) => void response.end('two'));
    const { port } = await serve('127.0.0.1', server);
    const diagnosis = await askWhy({ target: `http://127.0.0.1:${port}` });
    expect(diagnosis).toMatchObject({ symptom: { class: 'wrong-protocol' }, verdict: 'explained' });
    expect(causeIds(diagnosis)[0]).toBe('http2-only');
    expect(diagnosis.stages.find(({ id }) => id === 'protocol')?.result).toBe('fail');
  });
});

describe('the page that is named', () => {
  const pages: RequestListener = ({ url = '/' }, response) => {
    const statuses: Readonly<Record<string, number>> = { '/': 200, '/api?x=1': 500 };
    response.writeHead(statuses[url] ?? 404).end();
  };

  it('is asked for, and 404 is an answer', async () => {
    const port = await web(pages);
    for (const target of [`http://127.0.0.1:${port}/none.html`, `127.0.0.1:${port}/none.html`]) {
      const { verdict, answer, target: asked } = await askWhy({ target });
      expect(verdict).toBe('works');
      expect(answer).toMatch(/, and GET \/none\.html with 404$/);
      expect(asked?.notes).toEqual([]);
    }
  });

  it('fails by itself', async () => {
    const port = await web(pages);
    const diagnosis = await askWhy({ target: `http://127.0.0.1:${port}/api?x=1` });
    expect(diagnosis).toMatchObject({
      symptom: { class: 'application-error', from: 'attempt' },
      verdict: 'explained',
    });
    expect(causeOf(diagnosis, 'application-error').evidence).toEqual([
      `GET http://127.0.0.1:${port}/api?x=1 answers 500`,
    ]);
    expect(await askWhy({ target: `http://127.0.0.1:${port}` })).toMatchObject({
      verdict: 'works',
    });
  });
});

describe('a message that came late', () => {
  it.each([
    'Error: connect ECONNREFUSED 127.0.0.1:PORT',
    'Error: connect ETIMEDOUT 127.0.0.1:PORT',
    'dial tcp 127.0.0.1:PORT: connect: no route to host',
  ])('%s', async (text) => {
    const port = await web((_, response) => void response.end('ok'));
    const diagnosis = await askWhy({ message: text.replace('PORT', `${port}`) });
    expect(diagnosis.verdict).toBe('explained');
    expect(diagnosis.causes[0]).toMatchObject({ id: 'answers-now', explains: true });
    expect(diagnosis.answer).toMatch(
      /^127\.0\.0\.1:\d+ answers now: .*, started .* ago, takes them up$/,
    );
    expect(diagnosis.next.at(-1)?.command).toContain('homeport explain');
  });

  it('is true still where nobody listens, and where nobody answers', async () => {
    const refused = `Error: connect ECONNREFUSED 127.0.0.1:${await freePort()}`;
    expect(causeIds(await askWhy({ message: refused }))).not.toContain('answers-now');
    const silent = `Error: connect ETIMEDOUT 127.0.0.1:${await web(() => {})}`;
    expect(causeIds(await askWhy({ message: silent }))).not.toContain('answers-now');
  });
});

describe('a server that said no for a reason of its own', () => {
  const text = (port: number): string =>
    `redis.exceptions.AuthenticationError: WRONGPASS invalid username-password pair, 127.0.0.1:${port}`;

  it('is looked at, and said to have answered', async () => {
    const port = await web((_, response) => void response.end('ok'));
    const diagnosis = await askWhy({ message: text(port) });
    expect(diagnosis).toMatchObject({ verdict: 'works', message: { class: 'none' } });
    expect(diagnosis.answer).toMatch(
      /^the text tells of no connection or bind that failed: whoever said no had answered; .* works/,
    );
    const gone = await askWhy({ message: text(await freePort()) });
    expect(gone.symptom.class).toBe('connection-refused');
  });

  it('is none where a text only names an endpoint', async () => {
    const port = await web((_, response) => void response.end('ok'));
    const ready = await askWhy({ message: `ready in 300 ms\n  Local: http://localhost:${port}/` });
    expect(ready.verdict).toBe('nothing-told');
  });
});

const server = `
import socket, threading
one = socket.socket(); one.bind(('127.0.0.1', 3000)); one.listen(64)
print('up', flush=True)
while True:
    client, _ = one.accept()
    try:
        client.recv(4096)
        client.sendall(b'HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\nconnection: close\\r\\n\\r\\nok')
    except OSError:
        pass
    client.close()`;

describe.skipIf(!canFilter || !hasPython)(
  'a machine of its own (needs root, iptables and python3)',
  () => {
    it('a redirect is told once', () => {
      const commands = [
        'iptables-nft -t nat -A OUTPUT -p tcp --dport 3001 -j REDIRECT --to-ports 3000',
      ];
      const input = { target: 'http://127.0.0.1:3001' };
      const diagnosis = whyApart(input, { commands, python: [server] });
      expect(diagnosis).toMatchObject({ verdict: 'works', contradictions: [] });
      expect(diagnosis.answer).toMatch(
        /^http:\/\/127\.0\.0\.1:3001 works by way of .*3000.* answers in HTTP/,
      );
      expect(diagnosis.stages.filter(({ result }) => result === 'fail')).toEqual([]);
      expect(causeIds(diagnosis)).not.toContain('nothing-listens');
    });

    it('a rule that an ordinary user may not read is told as what may be', () => {
      const commands = [
        'iptables-nft -A OUTPUT -p tcp --dport 3000 -j REJECT --reject-with tcp-reset',
      ];
      const prefix = 'setpriv --reuid 1234 --regid 1234 --clear-groups';
      const input = { target: '127.0.0.1:3000' };
      const diagnosis = whyApart(input, { commands, prefix, python: [server] });
      expect(diagnosis).toMatchObject({
        symptom: { class: 'connection-refused', from: 'attempt' },
        verdict: 'explained',
      });
      expect(diagnosis.causes[0]).toMatchObject({ id: 'firewall-unread' });
      expect(diagnosis.next[0]).toMatchObject({
        command: 'sudo homeport why 127.0.0.1:3000',
        needsRoot: true,
      });
      const byRoot = whyApart(input, { commands, python: [server] });
      expect(causeIds(byRoot)[0]).toBe('firewall-blocks');
      expect(causeIds(byRoot)).not.toContain('firewall-unread');
    });

    it('localhost that the resolver denies fails though loopback answers', () => {
      const files = { '/etc/hosts': '127.0.1.1 box\n', '/etc/nsswitch.conf': 'hosts: files\n' };
      const diagnosis = whyApart({ target: 'http://localhost:3000' }, { files, python: [server] });
      expect(diagnosis).toMatchObject({
        symptom: { class: 'name-not-resolved', from: 'attempt' },
        verdict: 'explained',
      });
      expect(diagnosis.stages.find(({ id }) => id === 'name')?.result).toBe('fail');
      expect(causeIds(diagnosis)).toContain('hosts-file-localhost');
    });
  },
);
