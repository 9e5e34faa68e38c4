import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dial } from '../../src/host/dial.ts';
import { freePort } from '../support/free-port.ts';

const never = new AbortController().signal;
let folder = '';
const servers: Server[] = [];
const serve = async (where: { port: number; host: string } | { path: string }): Promise<Server> => {
  const server = createServer((socket) => socket.end('hello'));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(where, resolve));
  return server;
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dial-'));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true });
});

const greeting = async (stream: NodeJS.ReadableStream): Promise<string> => {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
};

describe('dialling', () => {
  it.each(['127.0.0.1', '::1'])('reaches TCP at %s', async (host) => {
    const address = (await serve({ port: 0, host })).address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const stream = await dial({ transport: 'tcp', address: host, port }, never);
    expect(await greeting(stream)).toBe('hello');
  });

  it('reaches a unix socket', async () => {
    const path = join(folder, 's');
    await serve({ path });
    expect(await greeting(await dial({ transport: 'unix', path }, never))).toBe('hello');
  });

  it("rejects with the system's error", async () => {
    const port = await freePort();
    const refused = dial({ transport: 'tcp', address: '127.0.0.1', port }, never);
    await expect(refused).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const missing = dial({ transport: 'unix', path: join(folder, 'none') }, never);
    await expect(missing).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('does not cut a path that is too long', async () => {
    const path = `/tmp/${'x'.repeat(103)}`;
    await expect(dial({ transport: 'unix', path }, never)).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('ends with the signal', async () => {
    const port = await freePort();
    const target = { transport: 'tcp', address: '127.0.0.1', port } as const;
    const reason = new Error('enough');
    await expect(dial(target, AbortSignal.abort(reason))).rejects.toBe(reason);
    const caller = new AbortController();
    const path = join(folder, 'late');
    await serve({ path });
    const stream = await dial({ transport: 'unix', path }, caller.signal);
    caller.abort();
    expect(await greeting(stream)).toBe('hello');
    const early = new AbortController();
    const dialled = dial({ transport: 'unix', path }, early.signal);
    early.abort(reason);
    await expect(dialled).rejects.toBe(reason);
  });
});
