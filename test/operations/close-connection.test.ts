import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { closeResultSchema } from '../../src/operations/schemas/freeing.schema.ts';
import { closeConnection, isHomeportError } from '../../src/index.ts';
import { isRoot } from '../support/launcher.ts';
import { listen, portOf } from '../support/open-sockets.ts';
import { runLauncher } from '../support/run-launcher.ts';

/** A server, two connections to it from here, and how to tell whether each still stands. */
const connected = async () => {
  const server = await listen({ port: 0, host: '127.0.0.1' });
  const port = portOf(server);
  const open = async () => {
    const accepted = once(server, 'connection');
    const client = connect(port, '127.0.0.1');
    const ended = new Promise<string>((resolve) => {
      client.on('error', (error) => resolve('code' in error ? String(error.code) : 'error'));
      client.on('end', () => resolve('end'));
    });
    await once(client, 'connect');
    const [peer] = await accepted;
    peer.on('error', () => {});
    onTestFinished(() => void [client.destroy(), peer.destroy()]);
    return { client, peer, ended, localPort: client.localPort ?? 0 };
  };
  onTestFinished(() => void server.close());
  return { server, port, one: await open(), other: await open() };
};

describe('a connection', () => {
  it('is planned, with both its ends, and nothing is done', async () => {
    const { port, one } = await connected();
    const text = `127.0.0.1:${one.localPort}->127.0.0.1:${port}`;
    const result = await closeConnection(text);
    expect(closeResultSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({
      plan: {
        connection: { client: { port: one.localPort }, server: { port, pid: process.pid } },
        sockets: [{}, {}],
      },
      receipt: null,
    });
    expect(one.client.destroyed).toBe(false);
    const reversed = await closeConnection(`:${port}↔:${one.localPort}`);
    expect(reversed.plan?.connection.client.port).toBe(one.localPort);
  });

  it('that there is not is none', async () => {
    expect(await closeConnection('127.0.0.1:1-127.0.0.1:2')).toEqual({ plan: null, receipt: null });
  });

  it('of which another was agreed to stays', async () => {
    const { port, one } = await connected();
    const text = `127.0.0.1:${one.localPort}-127.0.0.1:${port}`;
    await expect(closeConnection(text, { confirm: 'other' })).rejects.toMatchObject({
      code: 'refused',
    });
    expect(one.client.destroyed).toBe(false);
  });

  it.skipIf(!isRoot)('alone is closed, its server stays (skipped without root)', async () => {
    const { server, port, one, other } = await connected();
    const text = `127.0.0.1:${one.localPort}-127.0.0.1:${port}`;
    const { plan } = await closeConnection(text);
    try {
      const result = await closeConnection(text, { confirm: plan?.id ?? '' });
      expect(closeResultSchema.parse(result)).toEqual(result);
      expect(result.receipt?.closed).toBe(true);
      expect(await one.ended).toMatch(/^E/);
    } catch (thrown) {
      // A kernel without CONFIG_INET_DIAG_DESTROY says so, and changes nothing.
      if (!isHomeportError(thrown) || thrown.code !== 'unsupported') throw thrown;
    }
    expect([server.listening, other.client.destroyed]).toEqual([true, false]);
  });

  it('is asked about: without a terminal and without --yes, exit code 4', async () => {
    const { port, one } = await connected();
    const words = ['close', `127.0.0.1:${one.localPort}-127.0.0.1:${port}`];
    const { code, out } = await runLauncher(words);
    expect(code).toBe(4);
    expect(out).toContain('One connection, established, is closed; both programs go on.');
    const dry = await runLauncher([...words, '--dry-run', '--json']);
    expect(dry.code).toBe(0);
    expect(closeResultSchema.parse(JSON.parse(dry.out)).receipt).toBeNull();
    expect(one.client.destroyed).toBe(false);
  });
});

describe.skipIf(!isRoot)('without the right (skipped without root)', () => {
  it('is not permitted', async () => {
    const { port, one } = await connected();
    const code = `import('${new URL('../../src/index.ts', import.meta.url).href}').then(async ({ closeConnection }) => {
      const text = '127.0.0.1:${one.localPort}-127.0.0.1:${port}';
      const { plan } = await closeConnection(text);
      await closeConnection(text, { confirm: plan.id }).catch((error) => console.log(error.code));
    })`;
    const child = spawn(
      'setpriv',
      ['--bounding-set', '-net_admin', '--inh-caps', '-net_admin', process.execPath, '-e', code],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const [printed] = await once(child.stdout, 'data');
    expect(String(printed).trim()).toMatch(/^(not-permitted|unsupported)$/);
    expect(one.client.destroyed).toBe(false);
  });
});
