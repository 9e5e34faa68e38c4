import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Connection,
  explain,
  type Explanation,
  isKnown,
  listListeners,
} from '../../src/index.ts';
import {
  type RunningServer,
  serverProgram,
  startMariadb,
  startMemcached,
  startNginx,
  startPostgres,
  startRedis,
  startSshd,
} from '../support/servers.ts';

type Real = {
  readonly name: Parameters<typeof serverProgram>[0];
  readonly start: () => Promise<RunningServer>;
  readonly program: string;
  readonly protocol: Readonly<Record<string, unknown>>;
};

const version = expect.stringMatching(/^\d+\.\d+/);

const reals: readonly Real[] = [
  { name: 'postgres', start: startPostgres, program: 'postgres', protocol: { id: 'postgres' } },
  {
    name: 'redis',
    start: () => startRedis(),
    program: 'redis',
    protocol: { id: 'redis', version, authentication: 'none' },
  },
  {
    name: 'nginx',
    start: () => startNginx(),
    program: 'nginx',
    protocol: { id: 'http1', server: expect.stringMatching(/^nginx\//), title: 'Homeport test' },
  },
  {
    name: 'mariadb',
    start: startMariadb,
    program: 'mariadb',
    protocol: { id: 'mariadb', version },
  },
  {
    name: 'memcached',
    start: startMemcached,
    program: 'memcached',
    protocol: { id: 'memcached', version },
  },
  {
    name: 'sshd',
    start: startSshd,
    program: 'sshd',
    protocol: { id: 'ssh', version: '2.0', server: expect.stringMatching(/^OpenSSH_/) },
  },
];

/** A server that forks for each connection is two for a moment after it was asked whether it is up. */
const untilSettled = async ({ port }: RunningServer): Promise<void> => {
  const owners = async (): Promise<string> =>
    JSON.stringify((await listListeners({ filters: [`${port}`] })).listeners[0]?.owners);
  let before = '';
  for (let now = await owners(); now !== before; now = await owners()) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

for (const { name, start, program, protocol } of reals) {
  describe.skipIf(serverProgram(name) === null)(`${name} (skipped where not installed)`, () => {
    let server: RunningServer;
    let answer: Explanation;

    beforeAll(async () => {
      server = await start();
      await untilSettled(server);
      answer = await explain(`127.0.0.1:${server.port}`);
    });
    afterAll(() => server.stop());

    it('is named, with its process and what it speaks', () => {
      expect(answer.state).toBe('listening');
      expect(answer.owner).toMatchObject({
        process: { pid: server.pid },
        program: { id: program },
      });
      expect(answer.protocol).toMatchObject({ status: 'identified', ...protocol });
      expect(answer.exposure?.level).toBe('this-machine');
      expect(answer.problems).toEqual([]);
    });

    it('was started by this test', () => {
      const chain = answer.owner !== null && isKnown(answer.owner) ? answer.owner.chain : [];
      expect(chain.slice(0, 2).map(({ pid }) => pid)).toEqual([server.pid, process.pid]);
      expect(chain.at(-1)?.pid).toBe(1);
    });

    it('is one row of ls, owned by the process that accepts', async () => {
      await untilSettled(server);
      const { listeners } = await listListeners({ filters: [`${server.port}`] });
      expect(listeners).toHaveLength(1);
      expect(listeners[0]).toMatchObject({
        transport: 'tcp',
        address: '127.0.0.1',
        port: server.port,
        program: { id: program },
        owners: [{ pid: server.pid, role: 'accepts' }],
      });
    });

    it('shows both ends of a connection', async () => {
      const client = connect(server.port, '127.0.0.1');
      await once(client, 'connect');
      try {
        const found = await connectionOf(server, client);
        expect(found).toMatchObject({
          direction: 'listener',
          state: 'established',
          client: { pid: process.pid, address: '127.0.0.1', local: true },
          server: { port: server.port, address: '127.0.0.1', local: true },
        });
        const { pid } = found.server;
        expect(isKnown(pid) && (pid === server.pid || parentOf(pid) === server.pid)).toBe(true);
      } finally {
        client.destroy();
      }
    });
  });
}

/** The row of a connection that this process opened, once the server has accepted it. */
const connectionOf = async (server: RunningServer, client: Socket): Promise<Connection> => {
  const look = async (): Promise<Connection | undefined> => {
    const { connections } = await explain(`127.0.0.1:${server.port}`, { probe: false });
    return connections.find(({ client: { port } }) => port === client.localPort);
  };
  await expect
    .poll(async () => isKnown((await look())?.server.pid ?? { unknown: 'gone' }))
    .toBe(true);
  const found = await look();
  if (found === undefined) throw new Error('the connection is not shown');
  return found;
};

/** Field 4 of `/proc/<pid>/stat`: servers that fork hand a connection to a child. */
const parentOf = (pid: number): number =>
  Number(
    readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')[1],
  );
