import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { askReadiness } from '../../src/protocols/ask-readiness.ts';
import { askKinds, greetingKinds } from '../../src/protocols/kinds/registry.ts';
import { readinessQuestions } from '../../src/protocols/readiness/registry.ts';
import { freePort } from '../support/free-port.ts';
import { serverProgram, startPostgres } from '../support/servers.ts';
import { startStandby } from '../support/starting-servers.ts';
import { directDial, listening } from './probing.ts';

const ask = (port: number, protocol = 'postgres', signal = new AbortController().signal) =>
  askReadiness({
    dial: directDial().dial,
    target: { transport: 'tcp', address: '127.0.0.1', port },
    protocol,
    signal,
  });

/** A server that says this to the first words of a client, and what it was told so far. */
const answering = async (answer: Uint8Array | null, then: 'stay' | 'close' = 'close') => {
  const said: Buffer[] = [];
  const server: Server = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', (chunk: Buffer) => {
        said.push(chunk);
        if (said.length > 1) return void socket.end();
        if (answer !== null) socket.write(answer);
        if (then === 'close') socket.end();
      });
  });
  onTestFinished(() => void server.close());
  return { port: await listening(server), said: () => Buffer.concat(said) };
};

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

const errorResponse = (code: string, text: string): Buffer =>
  message('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`));

const authentication = (kind: number): Buffer => message('R', Buffer.from([0, 0, 0, kind]));

test('each question is about a protocol that is told', () => {
  const known = new Set([...askKinds, ...greetingKinds].map(({ id }) => id));
  expect(readinessQuestions.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
});

test('a protocol without a question is taken for ready', async () => {
  expect(await ask(await freePort(), 'redis')).toBeNull();
});

describe('PostgreSQL', () => {
  const starting = 'the database system is starting up';

  it('that starts up does not serve', async () => {
    const { port } = await answering(errorResponse('57P03', starting));
    expect(await ask(port)).toBe(starting);
  });

  it('is told in one piece, whatever pieces come', async () => {
    const whole = errorResponse('57P03', starting);
    const server = createServer((socket) => {
      socket
        .on('error', () => {})
        .once('data', () => {
          socket.write(whole.subarray(0, 9));
          setTimeout(() => socket.end(whole.subarray(9)), 30);
        });
    });
    onTestFinished(() => void server.close());
    expect(await ask(await listening(server))).toBe(starting);
  });

  it.each<[string, Buffer]>([
    ['knows no such user', errorResponse('28000', 'role "postgres" does not exist')],
    ['knows no such database', errorResponse('3D000', 'database "postgres" does not exist')],
    ['has no place left', errorResponse('53300', 'sorry, too many clients already')],
    ['wants a password', authentication(5)],
    ['wants SCRAM', message('R', Buffer.from('\0\0\0\x0aSCRAM-SHA-256\0\0'))],
    ['says something else', Buffer.from('N')],
  ])('that %s serves', async (_, answer) => {
    const { port } = await answering(answer);
    expect(await ask(port)).toBeNull();
  });

  it('that closes the connection without a word is not doubted', async () => {
    const { port } = await answering(null);
    expect(await ask(port)).toBeNull();
  });

  it('that keeps silent does not serve', async () => {
    const { port } = await answering(null, 'stay');
    expect(await ask(port)).toBe('it does not answer who wants to log in');
  });

  it('that is gone does not serve', async () => {
    expect(await ask(await freePort())).toBe('it is gone again');
  });

  it('that lets anyone in is told good-bye', async () => {
    const { port, said } = await answering(authentication(0), 'stay');
    expect(await ask(port)).toBeNull();
    await vi.waitFor(() => expect(said().subarray(-5)).toEqual(Buffer.from([0x58, 0, 0, 0, 4])));
  });

  it('is sent a StartupMessage of protocol 3.0 as user postgres, and no secret', async () => {
    const { port, said } = await answering(errorResponse('57P03', starting));
    await ask(port);
    const sent = said();
    expect(sent.readUInt32BE(0)).toBe(sent.length);
    expect(sent.readUInt32BE(4)).toBe(0x0003_0000);
    expect(sent.subarray(8).toString()).toBe('user\0postgres\0application_name\0homeport\0\0');
  });

  it('of which an error is cut off or endless is not misread', async () => {
    const cut = errorResponse('57P03', starting).subarray(0, 20);
    expect(await ask((await answering(cut)).port)).toBeNull();
    const endless = Buffer.concat([
      Buffer.from('E\0\0\0\x0cC57P03\0M'),
      Buffer.alloc(70_000, 0x61),
    ]);
    expect(await ask((await answering(endless)).port)).toBe('it accepts no sessions now');
  });

  it('ends with its signal', async () => {
    const { port } = await answering(null, 'stay');
    const abort = new AbortController();
    const asking = ask(port, 'postgres', abort.signal);
    abort.abort(new Error('Ctrl-C'));
    await expect(asking).rejects.toThrow('Ctrl-C');
  });
});

describe.skipIf(serverProgram('postgres') === null)('a real PostgreSQL (postgresql)', () => {
  it('that recovers is told in its own words, and serves once it is promoted', async () => {
    const server = await startStandby();
    onTestFinished(server.stop);
    expect(await ask(server.port)).toMatch(/^the database system is /);
    server.promote();
    await vi.waitFor(async () => expect(await ask(server.port)).toBeNull(), 20_000);
  });

  it('that serves keeps no session and complains of none', async () => {
    const server = await startPostgres();
    onTestFinished(server.stop);
    await vi.waitFor(async () => expect(await ask(server.port)).toBeNull(), 20_000);
    const before = server.output();
    expect(await ask(server.port)).toBeNull();
    expect(server.output().slice(before.length)).toBe('');
  });
});
