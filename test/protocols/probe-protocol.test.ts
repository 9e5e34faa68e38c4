import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { identify, listen, probe, type LittleServer } from './probing.ts';

const servers: LittleServer[] = [];

const serve = async (answer: (socket: Socket) => void): Promise<LittleServer> => {
  const server = await listen(answer);
  servers.push(server);
  return server;
};

/** Answers whatever comes first with `text`, then hangs up. */
const answering = (text: string) => (socket: Socket) =>
  void socket.once('data', () => socket.end(Buffer.from(text, 'latin1')));

const silent = (): void => undefined;

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('a server that speaks first', () => {
  test('is identified by its greeting alone; nothing is sent to it', async () => {
    const server = await serve((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'));
    expect(await identify(server.port)).toMatchObject({ id: 'ssh', server: 'OpenSSH_9.2p1' });
    expect(server.received.map(String)).toEqual(['']);
  });

  test('may greet in pieces', async () => {
    const server = await serve((socket) => {
      const pieces = 'SSH-2.0-dropbear_2022.83\r\n'.match(/.{1,5}|\r\n/gs) ?? [];
      const next = (): void => {
        const piece = pieces.shift();
        if (piece !== undefined) socket.write(piece, () => setTimeout(next, 5));
      };
      next();
    });
    expect(await identify(server.port)).toMatchObject({ server: 'dropbear_2022.83' });
  });

  test('is left in its own words', async () => {
    const server = await serve((socket) => {
      socket.write('220 mail.test ESMTP\r\n');
      socket.on('data', () => socket.end('221 Bye\r\n'));
    });
    expect(await identify(server.port)).toMatchObject({ id: 'smtp' });
    expect(server.received.map(String)).toEqual(['QUIT\r\n']);
  });

  test('is told from its likes by one question more', async () => {
    const server = await serve((socket) => {
      socket.write('220 ready\r\n');
      socket.on('data', () => socket.write('530 Please login.\r\n'));
    });
    expect(await identify(server.port)).toMatchObject({ id: 'ftp' });
    expect(server.received.map(String)).toEqual(['NOOP\r\n']);
  });

  test('is asked nothing where its greeting is unknown', async () => {
    const server = await serve((socket) => socket.write('\u0001\u0002 hi'));
    const { protocol, questions } = await probe(server.port);
    expect(protocol).toEqual({
      status: 'unrecognised',
      evidence: ['accepts connections', 'spoke first: 01 02 20 68 69'],
      conduct: 'answered',
    });
    expect(questions).toEqual(['a greeting']);
  });
});

describe('a server that has to be asked', () => {
  test('is asked one question per connection, in the usual order', async () => {
    const server = await serve(answering('VERSION 1.6.18\r\n'));
    expect(await identify(server.port)).toMatchObject({ id: 'memcached', version: '1.6.18' });
    const [greeting, first] = server.received.map(String);
    expect([greeting, first?.split(' ')[0]]).toEqual(['', 'GET']);
  });

  test.each([
    ['a program', { hints: ['redis'] }],
    ['a URL scheme', { hints: ['nonsense', 'rediss'] }],
  ])('is asked first what %s hints at', async (_, options) => {
    const server = await serve(answering('-NOAUTH Authentication required.\r\n'));
    const { protocol, questions } = await probe(server.port, options);
    expect(protocol).toMatchObject({ id: 'redis', authentication: 'required' });
    expect(questions).toEqual(['Redis']);
  });

  test('is what it answers, whatever the hint', async () => {
    const server = await serve(answering('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const { protocol, questions } = await probe(server.port, { hints: ['postgres'] });
    expect(protocol).toMatchObject({ id: 'http1', details: { status: '400' } });
    expect(questions).toEqual(['PostgreSQL wire protocol', 'HTTP/1.1']);
  });

  test('is recognised by what it says to another kind’s hello', async () => {
    const server = await serve((socket) => {
      socket.once('data', (data: Buffer) => {
        if (data.toString().startsWith('GET')) return;
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      });
    });
    expect(await identify(server.port, { hints: ['http1'] })).toMatchObject({ id: 'http1' });
  });

  test('is asked more on the same connection where its answer invites it', async () => {
    const server = await serve((socket) => {
      socket.once('data', () => {
        socket.write('+PONG\r\n');
        socket.once('data', () => socket.write('$19\r\nredis_version:7.0.0\r\n'));
      });
    });
    const seen = await identify(server.port, { hints: ['redis'] });
    expect(seen).toMatchObject({ id: 'redis', version: '7.0.0', authentication: 'none' });
    expect(server.received).toHaveLength(1);
  });

  test('is known as far as it answers, where it then falls silent', async () => {
    const server = await serve((socket) => socket.once('data', () => socket.write('+PONG\r\n')));
    const seen = await identify(server.port, { hints: ['redis'], budgetMs: 300 });
    expect(seen).toMatchObject({ id: 'redis', version: null, authentication: 'none' });
  });

  test('may be behind a unix socket', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'homeport-test-'));
    const path = join(directory, 'socket');
    const server = await listen(answering('HTTP/1.1 200 OK\r\n\r\n<title>Unix</title>'), path);
    try {
      expect(await identify({ transport: 'unix', path })).toMatchObject({ title: 'Unix' });
      expect(server.received.map(String).at(-1)).toContain('Host: localhost\r\n');
    } finally {
      await server.close();
      rmSync(directory, { recursive: true });
    }
  });
});

describe('a server that is not known', () => {
  test('is unrecognised, with what was tried and what came back', async () => {
    const server = await serve(answering('what?\u001b[31m'));
    const { protocol } = await probe(server.port);
    expect(protocol).toMatchObject({ status: 'unrecognised' });
    expect(protocol).toHaveProperty(
      'evidence',
      expect.arrayContaining([
        'accepts connections',
        'does not speak first',
        'answered HTTP/1.1 with 77 68 61 74 3f 1b 5b 33 31 6d',
      ]),
    );
  });

  test('has what was not tried named where the time is over', async () => {
    const server = await serve(silent);
    const { protocol, questions } = await probe(server.port, { budgetMs: 400 });
    expect(questions).toEqual(['a greeting', 'HTTP/1.1']);
    expect(protocol).toHaveProperty(
      'evidence',
      expect.arrayContaining([
        'stayed silent to HTTP/1.1',
        expect.stringMatching(/^not tried for lack of time: Redis, TLS, /),
      ]),
    );
  });

  test('is left alone where it hangs up at once', async () => {
    const server = await serve((socket) => socket.destroy());
    expect(await probe(server.port)).toMatchObject({
      protocol: {
        status: 'unrecognised',
        evidence: ['accepts connections', 'closes a connection at once, before anything was sent'],
      },
      questions: ['a greeting'],
    });
  });

  test('is an echo where it sends back what it is sent', async () => {
    const server = await serve((socket) => void socket.pipe(socket));
    expect(await identify(server.port)).toMatchObject({ id: 'echo' });
  });

  test('may take one connection only', async () => {
    const server = await listen(silent);
    const closeAfterFirst = probe(server.port, {
      onProgress: (question) => void (question === 'HTTP/1.1' && server.close()),
    });
    expect((await closeAfterFirst).protocol).toMatchObject({
      status: 'unrecognised',
      evidence: expect.arrayContaining([expect.stringContaining('a later connection failed')]),
    });
  });
});

describe('a hostile server', () => {
  const flood = (socket: Socket): void => {
    const pour = (): void => {
      while (!socket.destroyed && socket.write(Buffer.alloc(16_384, 'SSH-'))) continue;
    };
    socket.on('drain', pour);
    pour();
  };
  const drip = (socket: Socket): void => {
    const timer = setInterval(() => socket.write('S'), 1);
    socket.on('close', () => clearInterval(timer));
  };
  const endlessPage = (socket: Socket): void => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n<title>Endless</title>');
    flood(socket);
  };

  test.each([
    ['floods', flood],
    ['drips', drip],
    ['is silent', silent],
    ['resets', (socket: Socket) => void socket.resetAndDestroy()],
    [
      'resets when asked',
      (socket: Socket) => void socket.once('data', () => socket.resetAndDestroy()),
    ],
  ])('that %s is answered about, and every connection is closed', async (_, behave) => {
    const server = await serve(behave);
    const { protocol, opened } = await probe(server.port, { budgetMs: 700 });
    // A reset may come before or after the connection counts as made.
    expect(['unrecognised', 'unreachable']).toContain(protocol.status);
    expect(opened.every((stream) => stream.destroyed)).toBe(true);
    await expect.poll(() => server.open()).toBe(0);
  });

  test('that never ends its page is read up to a limit', async () => {
    const server = await serve((socket) => void socket.once('data', () => endlessPage(socket)));
    expect(await identify(server.port)).toMatchObject({ id: 'http1', title: 'Endless' });
  });
});

describe('without a connection', () => {
  test('a port where nobody listens is unreachable, and why', async () => {
    const { protocol } = await probe(await freePort());
    expect(protocol).toEqual({
      status: 'unreachable',
      why: 'the connection was refused: nobody accepts there (ECONNREFUSED)',
    });
  });

  test('a socket file that is not there is unreachable', async () => {
    const { protocol } = await probe({ transport: 'unix', path: '/nonexistent/socket' });
    expect(protocol).toMatchObject({
      status: 'unreachable',
      why: expect.stringContaining('ENOENT'),
    });
  });

  test('an address that does not answer is unreachable, within the budget', async () => {
    const never = (_: unknown, signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const { protocol } = await probe(1, { dial: never, budgetMs: 100 });
    expect(protocol).toMatchObject({
      status: 'unreachable',
      why: expect.stringContaining('ETIMEDOUT'),
    });
  });

  test.each(['jdwp', 'gdbserver', 'nc'])('%s is not even connected to', async (hint) => {
    const server = await serve(silent);
    const { protocol } = await probe(server.port, { hints: [hint] });
    expect(protocol).toMatchObject({ status: 'not-probed' });
    expect(server.received).toEqual([]);
  });
});

describe('an abort', () => {
  test('before the start rejects and connects to nobody', async () => {
    const server = await serve(silent);
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(probe(server.port, { signal })).rejects.toBe(reason);
    expect(server.received).toEqual([]);
  });

  test('in the middle of a question rejects and closes the connection', async () => {
    const server = await serve(silent);
    const abort = new AbortController();
    const reason = new Error('enough');
    const probed = probe(server.port, {
      signal: abort.signal,
      onProgress: () => void setTimeout(() => abort.abort(reason), 30),
    });
    await expect(probed).rejects.toBe(reason);
    await expect.poll(() => server.open()).toBe(0);
    expect(server.received).toHaveLength(1);
  });
});
