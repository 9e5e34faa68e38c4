import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { createServer as createHttp, request, type RequestListener } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer as createNet, type Server } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { listening } from '../protocols/probing.ts';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { makeProject } from '../support/make-project.ts';
import {
  serverProgram,
  startMariadb,
  startNginx,
  startPostgres,
  startRedis,
  startSshd,
} from '../support/servers.ts';
import { startApart, untilListening } from '../support/start-apart.ts';
import { startServer } from '../support/start-server.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';

const python = findProgram('python3');
const has = (module: string): boolean =>
  python !== null &&
  spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;

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

describe('a refused Host header', () => {
  test.skipIf(findProgram('npm') === null)(
    'of a real Vite dev server, and localhost that it serves (skipped without npm)',
    async () => {
      const root = makeProject('shop-web', true);
      const port = await freePort();
      const words = ['run', 'dev', '--', '--port', `${port}`, '--host', '0.0.0.0'];
      const { output } = startApart('npm', words, { cwd: root });
      await untilListening(port, output);
      const said = await askWhy({ message: await refusal(port, 'app.shop.test') });
      expect(said.symptom).toMatchObject({ class: 'host-not-allowed', from: 'message' });
      expect(causeOf(said, 'host-refused')).toMatchObject({
        title: 'Vite refuses requests to the host app.shop.test',
        explains: true,
      });
      const met = await askWhy({ target: `http://${await ownName()}:${port}` });
      expect(met).toMatchObject({
        symptom: { class: 'host-not-allowed', from: 'attempt' },
        verdict: 'explained',
      });
      const cause = causeOf(met, 'host-refused');
      expect(cause.title).toMatch(/^Vite, Vite \(pid \d+, project shop-web\) at /);
      expect(cause.actions[0]?.label).toContain(` in ${root}/vite.config.js`);
      const well = await askWhy({ target: `http://127.0.0.1:${port}` });
      expect(causeIds(well)).not.toContain('host-refused');
    },
  );

  test.skipIf(!has('django'))('of a real Django (skipped without python3-django)', async () => {
    const server = await startDjango(['localhost']);
    try {
      const diagnosis = await askWhy({ target: `http://127.0.0.1:${server.port}` });
      expect(diagnosis).toMatchObject({
        symptom: { class: 'host-not-allowed' },
        verdict: 'explained',
      });
      const cause = causeOf(diagnosis, 'host-refused');
      expect(cause.title).toMatch(/^Django, .* refuses requests to the host 127\.0\.0\.1$/);
      expect(cause.actions[0]?.label).toContain(
        "ALLOWED_HOSTS = ['127.0.0.1', 'localhost', '127.0.0.1']",
      );
      const well = await askWhy({ target: `http://localhost:${server.port}` });
      expect(causeIds(well)).not.toContain('host-refused');
    } finally {
      await server.stop();
    }
  });
});

/** This machine's name, which has an address of it wherever people work on a machine. */
const ownName = async (): Promise<string> => {
  await lookup(hostname());
  return hostname();
};

/** What the server says to that host, as its client would paste it. */
const refusal = (port: number, host: string): Promise<string> =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers: { Host: `${host}:${port}` } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.once('end', () => resolve(body));
    })
      .once('error', reject)
      .end();
  });

const startDjango = (allowed: readonly string[]) =>
  startServer(
    'python3',
    ({ directory, port }) => [
      join(directory, 'manage.py'),
      'runserver',
      '--noreload',
      `127.0.0.1:${port}`,
    ],
    {
      prepare: ({ directory }) => {
        const settings = [
          'import sys',
          'from django.conf import settings',
          'from django.http import HttpResponse',
          'from django.urls import path',
          `settings.configure(DEBUG=True, SECRET_KEY='test-only', ROOT_URLCONF=__name__, ALLOWED_HOSTS=${JSON.stringify(allowed)}, MIDDLEWARE=['django.middleware.common.CommonMiddleware'])`,
          "urlpatterns = [path('', lambda request: HttpResponse('<title>Shop</title>'))]",
          "if __name__ == '__main__':",
          '    from django.core.management import execute_from_command_line',
          '    execute_from_command_line(sys.argv)',
        ];
        mkdirSync(directory, { recursive: true });
        writeFileSync(join(directory, 'manage.py'), `${settings.join('\n')}\n`);
      },
    },
  );

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
