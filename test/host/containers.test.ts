import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readContainers } from '../../src/host/containers/read-containers.ts';
import type { ContainerReading } from '../../src/host/host.ts';
import { asUser } from '../support/as-user.ts';

const never = new AbortController().signal;
const ids = Array.from({ length: 9 }, (_, at) => `${at}`.repeat(64));
const [id = ''] = ids;

let folder = '';
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map(stop));
  rmSync(folder, { recursive: true });
});

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const listen = async (answer: RequestListener, name = 'engine.sock'): Promise<string> => {
  const path = join(folder, name);
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return path;
};

type Answers = Readonly<Record<string, unknown>>;

/** An engine that answers each path with this JSON, and 404 to others. */
const engine =
  (answers: Answers, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (request, response) => {
    const body = answers[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, headers).end(JSON.stringify(body));
  };

type Options = { pids?: boolean; budgetMs?: number; isMember?: () => boolean };
const read = (
  sockets: readonly string[],
  { pids = false, budgetMs = 10_000, isMember = () => true }: Options = {},
  signal = never,
): Promise<ContainerReading> => readContainers({ sockets, pids, budgetMs, isMember }, signal);

const listed = {
  Id: id,
  Names: ['/shop-db-1', '/shop-api-1/db'],
  Image: 'postgres:17',
  Labels: {
    'com.docker.compose.project': 'shop',
    'com.docker.compose.service': 'db',
    'com.docker.compose.project.working_dir': '/home/ann/shop',
  },
  Ports: [
    { IP: '127.0.0.1', PrivatePort: 5432, PublicPort: 15432, Type: 'tcp' },
    { IP: '::', PrivatePort: 53, PublicPort: 5353, Type: 'udp' },
    { PrivatePort: 9090, Type: 'tcp' },
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 99_999, Type: 'tcp' },
  ],
  NetworkSettings: {
    Networks: {
      shop_default: { IPAddress: '172.18.0.2', GlobalIPv6Address: '' },
      other: { IPAddress: '', GlobalIPv6Address: 'fd00::2' },
    },
  },
};

describe('an engine that answers', () => {
  test('tells its containers: name, image, Compose, published ports and addresses', async () => {
    const path = await listen(engine({ '/containers/json': [listed] }));
    expect(await read([path])).toEqual({
      containers: [
        {
          id,
          engine: 'docker',
          name: 'shop-db-1',
          image: 'postgres:17',
          compose: { project: 'shop', service: 'db', workingDirectory: '/home/ann/shop' },
          published: [
            { transport: 'tcp', hostAddress: '127.0.0.1', hostPort: 15432, containerPort: 5432 },
            { transport: 'udp', hostAddress: '::', hostPort: 5353, containerPort: 53 },
          ],
          addresses: ['172.18.0.2', 'fd00::2'],
          pid: { unknown: 'unsupported', why: 'not read' },
        },
      ],
      problems: [],
    });
  });

  test('is Podman where it says so', async () => {
    const answers = engine({ '/containers/json': [listed] }, { 'Libpod-API-Version': '5.4.0' });
    const { containers } = await read([await listen(answers)]);
    expect(containers).toMatchObject([{ id, engine: 'podman' }]);
  });

  test('may leave fields out', async () => {
    const path = await listen(engine({ '/containers/json': [{ Id: id, Labels: null }] }));
    expect(await read([path])).toMatchObject({
      containers: [
        {
          name: { unknown: 'unsupported' },
          image: { unknown: 'unsupported' },
          compose: null,
          published: [],
          addresses: [],
        },
      ],
      problems: [],
    });
  });

  test.each([[null], ['x'], [{ Id: 7 }], [{ Id: '../../secrets' }], [[]]])(
    'leaves out the entry %j, which is no container',
    async (entry) => {
      const path = await listen(engine({ '/containers/json': [entry, listed] }));
      expect((await read([path])).containers.map((one) => one.id)).toEqual([id]);
    },
  );

  test('counts a container once that two sockets tell', async () => {
    const answers = engine({ '/containers/json': [listed] });
    const paths = [await listen(answers, 'a.sock'), await listen(answers, 'b.sock')];
    expect((await read(paths)).containers).toHaveLength(1);
  });
});

describe('the main process of a container', () => {
  const inspected = (pid: unknown): RequestListener =>
    engine({
      '/containers/json': [listed],
      [`/containers/${id}/json`]: { State: { Pid: pid } },
    });

  test('is asked for only on demand', async () => {
    const urls: (string | undefined)[] = [];
    const path = await listen((request, response) => {
      urls.push(request.url);
      inspected(4242)(request, response);
    });
    await read([path]);
    expect(urls).toEqual(['/containers/json']);
    expect((await read([path], { pids: true })).containers).toMatchObject([{ pid: 4242 }]);
  });

  test('is in another namespace where the pid here is something else', async () => {
    const path = await listen(inspected(4242));
    const { containers } = await read([path], { pids: true, isMember: () => false });
    expect(containers).toMatchObject([{ pid: { unknown: 'other-namespace' } }]);
  });

  test.each([[0], [-1], [1.5], ['4242'], [null]])('is gone where the pid is %j', async (pid) => {
    const path = await listen(inspected(pid));
    const { containers } = await read([path], { pids: true });
    expect(containers).toMatchObject([{ pid: { unknown: 'gone' } }]);
  });

  test('is unknown where inspecting fails, and the rest stays', async () => {
    const path = await listen(engine({ '/containers/json': [listed] }));
    expect(await read([path], { pids: true })).toMatchObject({
      containers: [{ name: 'shop-db-1', pid: { unknown: 'unsupported' } }],
      problems: [],
    });
  });

  test('is asked for a few containers at once, and each keeps its own', async () => {
    let [open, most] = [0, 0];
    const path = await listen((request, response) => {
      const asked = /^\/containers\/(\d)\d+\/json$/.exec(request.url ?? '')?.[1];
      if (asked === undefined) {
        response.end(JSON.stringify(ids.map((one) => ({ ...listed, Id: one }))));
        return;
      }
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.end(JSON.stringify({ State: { Pid: 100 + Number(asked) } }));
      }, 5);
    });
    const { containers } = await read([path], { pids: true });
    expect(containers.map((one) => [one.id, one.pid])).toEqual(
      ids.map((one, at) => [one, 100 + at]),
    );
    expect(most).toBe(4);
  });
});

describe('an engine that does not answer well is a problem, and the others still answer', () => {
  const cases: readonly (readonly [string, RequestListener, string, RegExp])[] = [
    ['garbage', (_, response) => response.end('<html>'), 'failed', /not JSON/],
    ['no list', (_, response) => response.end('{"message":"x"}'), 'failed', /no list/],
    ['status 500', (_, response) => response.writeHead(500).end('[]'), 'failed', /answers 500/],
    [
      'another protocol',
      (request) => void request.socket.end('SSH-2.0-x\r\n'),
      'failed',
      /containers .* missing/,
    ],
    ['a reset', (request) => request.socket.destroy(), 'failed', /containers .* missing/],
    [
      'a body cut short',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('[');
        setTimeout(() => response.destroy(), 5);
      },
      'failed',
      /containers .* missing/,
    ],
    [
      'an endless body',
      (_, response) => {
        const chunk = ' '.repeat(1 << 20);
        const more = (): void => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', more);
        more();
      },
      'failed',
      /more than \d+ MiB/,
    ],
  ];
  test.each(cases)('%s', async (_, answer, reason, detail) => {
    const bad = await listen(answer, 'bad.sock');
    const good = await listen(engine({ '/containers/json': [listed] }), 'good.sock');
    const { containers, problems } = await read([bad, good]);
    expect(containers.map((one) => one.id)).toEqual([id]);
    expect(problems).toMatchObject([{ id: 'container-engine-failed', reason }]);
    expect(problems[0]?.detail).toMatch(detail);
    expect(problems[0]?.detail).toContain(bad);
  });

  test('silence, before and within the answer', async () => {
    const mute = await listen(() => {}, 'mute.sock');
    const slow = await listen((_, response) => void response.write('['), 'slow.sock');
    const { containers, problems } = await read([mute, slow], { budgetMs: 50 });
    expect(containers).toEqual([]);
    expect(problems.map((one) => one.id)).toEqual(Array(2).fill('container-engine-silent'));
  });

  test('silence about one main process costs no container', async () => {
    const caller = new AbortController();
    const path = await listen((request, response) => {
      if (request.url === '/containers/json') response.end(JSON.stringify([listed]));
      else caller.abort();
    });
    const { containers } = await read([path], { pids: true }, caller.signal);
    expect(containers).toMatchObject([{ id, pid: { unknown: 'unsupported' } }]);
  });

  test('no engine at all is no problem', async () => {
    expect(await read([])).toEqual({ containers: [], problems: [] });
  });

  test('a socket whose engine is gone', async () => {
    const { containers, problems } = await read([join(folder, 'gone.sock')]);
    expect(containers).toEqual([]);
    expect(problems).toMatchObject([{ id: 'container-engine-failed', reason: 'failed' }]);
  });

  test('ends when the caller aborts', async () => {
    const path = await listen(() => {});
    const caller = new AbortController();
    const reading = read([path], {}, caller.signal);
    caller.abort();
    expect((await reading).problems).toMatchObject([{ id: 'container-engine-stopped' }]);
  });

  test('a socket that is closed to this user is denied, and says what is missing', async () => {
    const path = await listen(engine({ '/containers/json': [listed] }));
    chmodSync(folder, 0o755);
    chmodSync(path, 0);
    const { containers, problems } = await readAsPlainUser(path);
    expect(containers).toEqual([]);
    expect(problems).toMatchObject([{ id: 'container-engine-denied', reason: 'denied' }]);
    expect(problems[0]?.detail).toMatch(/not open to this user.*published ports are missing/);
  });
});

/** Nothing is closed to root, who therefore reads as nobody. */
const readAsPlainUser = async (path: string): Promise<ContainerReading> => {
  if (process.getuid?.() !== 0) return read([path]);
  const module = new URL('../../src/host/containers/read-containers.ts', import.meta.url);
  const code = `
    const { readContainers } = await import(${JSON.stringify(module.href)});
    const query = { sockets: [${JSON.stringify(path)}], pids: false, budgetMs: 10000 };
    console.log(JSON.stringify(await readContainers(query, new AbortController().signal)));`;
  return JSON.parse(asUser(65_534, process.execPath, ['--input-type=module', '-e', code], 'utf8'));
};
