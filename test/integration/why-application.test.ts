import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer as createNet, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { listening } from '../protocols/probing.ts';
import { freePort } from '../support/free-port.ts';
import {
  serverProgram,
  startMariadb,
  startNginx,
  startPostgres,
  startRedis,
  startSshd,
} from '../support/servers.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';

const running: Server[] = [];
const serve = (server: Server): Promise<number> => {
  running.push(server);
  return listening(server);
};
afterEach(() => {
  for (const server of running.splice(0)) {
    server.close();
    if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function') {
      server.closeAllConnections();
    }
  }
});

const databases = [
  { name: 'postgres', start: startPostgres, title: 'PostgreSQL' },
  { name: 'redis', start: () => startRedis(), title: 'Redis' },
  { name: 'mariadb', start: startMariadb, title: 'MySQL' },
  { name: 'sshd', start: startSshd, title: 'SSH' },
] as const;

for (const { name, start, title } of databases) {
  test.skipIf(serverProgram(name) === null)(
    `${name} asked as http:// is told to speak something else (skipped without ${name})`,
    async () => {
      const server = await start();
      try {
        const diagnosis = await askWhy({ target: `http://127.0.0.1:${server.port}` });
        expect(diagnosis).toMatchObject({
          symptom: { class: 'wrong-protocol', from: 'attempt' },
          verdict: 'explained',
        });
        expect(diagnosis.causes[0]).toMatchObject({ id: 'wrong-protocol', explains: true });
        expect(diagnosis.causes[0]?.title).toContain(
          `speaks ${title}, and the client expects HTTP`,
        );
      } finally {
        await server.stop();
      }
    },
  );
}

test('a database client at a web server, by URL and by message', async () => {
  const port = await serve(createHttp((_, response) => void response.end('<title>Shop</title>')));
  const byUrl = await askWhy({ target: `postgres://127.0.0.1:${port}` });
  expect(byUrl.causes[0]).toMatchObject({ id: 'wrong-protocol', explains: true });
  expect(byUrl.causes[0]?.title).toContain('speaks HTTP, and the client expects PostgreSQL');
  const byMessage = await askWhy({
    message: `psql: error: connection to server at "127.0.0.1", port ${port} failed: received invalid response to SSL negotiation: H`,
  });
  expect(byMessage.causes[0]).toMatchObject({ id: 'wrong-protocol', explains: true });
  const well = await askWhy({ target: `http://127.0.0.1:${port}` });
  expect(causeIds(well)).not.toContain('wrong-protocol');
});

test('a server of HTTP/2 alone, asked as http://', async () => {
  const port = await serve(createHttp2((_, response) => void response.end('two')));
  const diagnosis = await askWhy({
    message: `Get "http://127.0.0.1:${port}/": net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x00\\x00\\x12\\x04"`,
  });
  expect(diagnosis.causes[0]).toMatchObject({ id: 'http2-only', explains: true });
});

test('a server that hangs up, and one that answers', async () => {
  const message = (port: number): string => `Error: read ECONNRESET 127.0.0.1:${port}`;
  const port = await serve(createNet((socket) => socket.destroy()));
  const diagnosis = await askWhy({ message: message(port) });
  expect(diagnosis.causes[0]).toMatchObject({ id: 'closed-by-server', explains: true });
  expect(diagnosis.causes[0]?.title).toMatch(/closes it at once/);
  const afterwards = await serve(
    createNet((socket) => void socket.on('error', () => {}).once('data', () => socket.destroy())),
  );
  const later = await askWhy({ message: message(afterwards) });
  expect(later.causes[0]?.title).toMatch(/closes it without an answer$/);
  const web = await serve(createHttp((_, response) => void response.end('ok')));
  const well = await askWhy({ target: `http://127.0.0.1:${web}` });
  expect(causeIds(well)).not.toContain('closed-by-server');
});

test('a connection that was cut, and none is now', async () => {
  const { port, stop } = await startNode("require('http').createServer((_, r) => r.end('ok'))");
  try {
    const diagnosis = await askWhy({ message: `Error: read ECONNRESET 127.0.0.1:${port}` });
    expect(diagnosis.causes[0]?.title).toMatch(
      /was started \d+ s ago: connections to the one before it may have been cut$/,
    );
  } finally {
    stop();
  }
});

/** A server in a process of its own; it prints its port. */
const startNode = async (server: string) => {
  const program = `${server}.listen(0, '127.0.0.1', function () { console.log(this.address().port); })`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { port: Number(String(line)), stop: () => void child.kill() };
};

describe.skipIf(serverProgram('nginx') === null)('nginx before it (skipped without nginx)', () => {
  const before = async (upstream: number) => startNginx({ upstream });

  test('a dead upstream is told as a bad gateway', async () => {
    const upstream = await freePort();
    const nginx = await before(upstream);
    try {
      const diagnosis = await askWhy({ target: `http://127.0.0.1:${nginx.port}` });
      expect(diagnosis).toMatchObject({
        symptom: { class: 'proxy-error', from: 'attempt' },
        verdict: 'explained',
      });
      expect(diagnosis.causes[0]).toMatchObject({ id: 'bad-gateway', explains: true });
      expect(diagnosis.causes[0]?.title).toContain('(502 of nginx)');
      expect(causeIds(diagnosis)).not.toContain('proxy-in-front');
      const [look] = causeOf(diagnosis, 'bad-gateway').actions;
      expect(execFileSync('sh', ['-c', look?.command ?? ''], { encoding: 'utf8' })).toContain(
        `proxy_pass http://127.0.0.1:${upstream}`,
      );
    } finally {
      await nginx.stop();
    }
  });

  test('one that serves files of its own passes nothing on', async () => {
    const nginx = await startNginx();
    try {
      const message = `curl: (56) Recv failure: Connection reset by peer: http://127.0.0.1:${nginx.port}/`;
      for (const asked of [{ message }, { target: `http://127.0.0.1:${nginx.port}` }]) {
        expect(causeIds(await askWhy(asked))).not.toContain('proxy-in-front');
      }
    } finally {
      await nginx.stop();
    }
  });

  test("an upstream's own error is not nginx's", async () => {
    const failing: RequestListener = (_, response) => void response.writeHead(500).end('oh');
    const nginx = await before(await serve(createHttp(failing)));
    try {
      const diagnosis = await askWhy({ target: `http://127.0.0.1:${nginx.port}` });
      expect(causeIds(diagnosis)).toContain('application-error');
      expect(causeIds(diagnosis)).not.toContain('bad-gateway');
    } finally {
      await nginx.stop();
    }
  });
});
