import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../support/find-program.ts';
import {
  serverProgram,
  startMariadb,
  startMemcached,
  startMosquitto,
  startNginx,
  startPostgres,
  startRedis,
  startSshd,
  type RunningServer,
} from '../support/servers.ts';
import { startServer } from '../support/start-server.ts';
import { identify, probe } from './probing.ts';

type Real = {
  readonly name: Parameters<typeof serverProgram>[0];
  readonly start: () => Promise<RunningServer>;
  /** As a program detector would say. */
  readonly hint: string;
  readonly shows: Readonly<Record<string, unknown>>;
};

const version = expect.stringMatching(/^\d+\.\d+/);
const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
const tls = {
  key: fixture('test-only-key.pem'),
  certificate: fixture('test-only-certificate.pem'),
};

const reals: readonly Real[] = [
  {
    name: 'redis',
    start: () => startRedis(),
    hint: 'redis',
    shows: { id: 'redis', version, authentication: 'none', details: { mode: 'standalone' } },
  },
  {
    name: 'redis',
    start: () => startRedis({ password: 'test-only' }),
    hint: 'redis',
    shows: { id: 'redis', version: null, authentication: 'required' },
  },
  {
    name: 'postgres',
    start: startPostgres,
    hint: 'postgres',
    shows: { id: 'postgres', authentication: null, details: { tls: 'not offered' } },
  },
  {
    name: 'mariadb',
    start: startMariadb,
    hint: 'mariadb',
    shows: { id: 'mariadb', name: 'MariaDB', version },
  },
  {
    name: 'memcached',
    start: startMemcached,
    hint: 'memcached',
    shows: { id: 'memcached', version, authentication: 'none' },
  },
  {
    name: 'nginx',
    start: () => startNginx(),
    hint: 'web-server',
    shows: { id: 'http1', server: expect.stringMatching(/^nginx\//), title: 'Homeport test' },
  },
  {
    name: 'nginx',
    start: () => startNginx({ tls }),
    hint: 'https',
    shows: { id: 'http2', title: 'Homeport test', tls: { alpn: 'h2', selfSigned: true } },
  },
  {
    name: 'sshd',
    start: startSshd,
    hint: 'sshd',
    shows: { id: 'ssh', version: '2.0', server: expect.stringMatching(/^OpenSSH_/) },
  },
  { name: 'mosquitto', start: startMosquitto, hint: 'mosquitto', shows: { id: 'mqtt' } },
];

for (const { name, start, hint, shows } of reals) {
  describe.skipIf(serverProgram(name) === null)(`${name} (where it is installed)`, () => {
    let server: RunningServer;

    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server.stop());

    test('is identified without a hint', async () => {
      expect(await identify(server.port)).toMatchObject(shows);
    });

    test('is identified by few questions with a hint, and with a wrong one', async () => {
      const { protocol, questions } = await probe(server.port, { hints: [hint] });
      expect(protocol).toMatchObject(shows);
      expect(questions).toHaveLength(1);
      expect(await identify(server.port, { hints: ['mongodb'] })).toMatchObject(shows);
    });
  });
}

describe.skipIf(serverProgram('postgres') === null)('postgres (where it is installed)', () => {
  test('logs no line about a gentle client', async () => {
    const server = await startPostgres();
    try {
      await expect.poll(() => server.output()).toContain('ready to accept connections');
      const before = server.output();
      expect(await identify(server.port, { hints: ['postgres'] })).toMatchObject({
        id: 'postgres',
      });
      // Both lines of the second probe would have been printed after those of the first.
      expect(await identify(server.port, { hints: ['postgres'] })).toMatchObject({
        id: 'postgres',
      });
      expect(server.output()).toBe(before);
    } finally {
      await server.stop();
    }
  });
});

describe.skipIf(serverProgram('nginx') === null)('nginx (where it is installed)', () => {
  test('with TLS only tells plain HTTP so, and is found to speak TLS', async () => {
    const server = await startNginx({ tls });
    try {
      const { protocol, questions } = await probe(server.port);
      expect(questions).toEqual(['a greeting', 'HTTP/1.1']);
      expect(protocol).toMatchObject({ id: 'http2', name: 'HTTP/2 over TLS' });
    } finally {
      await server.stop();
    }
  });
});

describe.skipIf(findProgram('python3') === null)('python3 (where it is installed)', () => {
  test('http.server is identified', async () => {
    const server = await startServer('python3', ({ port }) => [
      '-m',
      'http.server',
      '--bind',
      '127.0.0.1',
      String(port),
    ]);
    try {
      expect(await identify(server.port)).toMatchObject({
        id: 'http1',
        title: 'Directory listing for /',
        evidence: expect.arrayContaining(['server: SimpleHTTP (python -m http.server)']),
      });
    } finally {
      await server.stop();
    }
  });
});
