import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { httpProducts } from '../../src/protocols/http-products/registry.ts';
import { judgeHttp } from '../../src/protocols/http/judge-http.ts';
import type { HttpAnswer } from '../../src/protocols/http/http-answer.ts';
import type { Identification, ReadContext } from '../../src/protocols/protocol-probe.ts';
import { httpAnswer, jsonAnswer } from './http-answers.ts';

const target: ReadContext = { host: 'localhost', port: 80, hints: [], ended: true };

/** What the answer to the follow-up question makes of an identification; null: nothing is asked. */
const follow = (
  identification: Identification,
  { body, headers = '' }: { body: string; headers?: string },
) => {
  const { next } = identification;
  if (typeof next !== 'object') return null;
  return next.read(Buffer.from(`HTTP/1.1 200 OK\r\n${headers}\r\n${body}`), target);
};

const elastic = { cluster_name: 'dev', tagline: 'You Know, for Search' };
const tornado = 'TornadoServer/6.4';

describe('the answer to GET /', () => {
  test.each<[string, HttpAnswer, Partial<Identification>]>([
    [
      'elasticsearch',
      jsonAnswer({ ...elastic, version: { number: '8.15.0' } }),
      { version: '8.15.0', authentication: 'none' },
    ],
    [
      'elasticsearch',
      httpAnswer({ status: 401, headers: { 'www-authenticate': 'Basic realm="security"' } }),
      { authentication: 'required' },
    ],
    [
      'opensearch',
      jsonAnswer({
        cluster_name: 'dev',
        version: { number: '2.17.0', distribution: 'opensearch' },
      }),
      { version: '2.17.0', authentication: 'none' },
    ],
    [
      'opensearch',
      httpAnswer({
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="OpenSearch Security"' },
      }),
      { authentication: 'required' },
    ],
    [
      'kubernetes-api',
      jsonAnswer({ kind: 'Status', apiVersion: 'v1', code: 403 }, { status: 403 }),
      { authentication: 'required' },
    ],
    ['kubernetes-api', jsonAnswer({ paths: ['/api', '/apis'] }), { authentication: 'none' }],
    ['couchdb', jsonAnswer({ couchdb: 'Welcome', version: '3.3.3' }), { version: '3.3.3' }],
    [
      'influxdb',
      httpAnswer({ headers: { 'x-influxdb-version': '1.8.10' } }),
      { version: '1.8.10' },
    ],
    [
      'jenkins',
      httpAnswer({ status: 403, headers: { 'x-jenkins': '2.462' } }),
      { version: '2.462', authentication: 'required' },
    ],
    [
      'minio',
      httpAnswer({
        status: 403,
        headers: { server: 'MinIO' },
        body: '<Error><Code>AccessDenied</Code></Error>',
      }),
      { authentication: 'required' },
    ],
    ['clickhouse', httpAnswer({ body: 'Ok.\n' }), {}],
    [
      'clickhouse',
      httpAnswer({ status: 404, headers: { 'x-clickhouse-server-display-name': 'db' } }),
      {},
    ],
    ['rabbitmq-management', httpAnswer({ body: '<title>RabbitMQ Management</title>' }), {}],
    [
      'docker-engine',
      httpAnswer({
        status: 404,
        headers: { 'api-version': '1.45', server: 'Docker/26.1.4 (linux)' },
      }),
      { name: 'Docker Engine API', version: '26.1.4', details: { apiVersion: '1.45' } },
    ],
    [
      'docker-engine',
      httpAnswer({
        status: 404,
        headers: { 'api-version': '1.41', server: 'Libpod/4.3.1 (linux)' },
      }),
      { name: 'Podman API', version: '4.3.1' },
    ],
    ['websocket', httpAnswer({ status: 426, headers: { upgrade: 'WebSocket' } }), {}],
  ])('shows %s', (id, answer, shows) => {
    const identification = judgeHttp(answer, target);
    expect(identification).toMatchObject({ id, ...shows });
    expect(identification.evidence.length).toBeGreaterThan(1);
  });

  test.each([
    httpAnswer({ body: 'Ok.' }),
    httpAnswer({ body: 'hello' }),
    httpAnswer({ status: 401, headers: { 'www-authenticate': 'Basic realm="admin"' } }),
    jsonAnswer({ cluster_name: 'not a search engine' }),
    jsonAnswer([1]),
    httpAnswer({ body: '{"half' }),
    httpAnswer({ headers: { 'api-version': '1.45' } }),
    httpAnswer({ headers: { server: 'MinIOish/1' } }),
  ])('shows no product in %#', (answer) => {
    expect(judgeHttp(answer, target)).toMatchObject({ version: '1.1' });
    expect(judgeHttp(answer, target)).not.toHaveProperty('id');
  });
});

describe('one further question', () => {
  const redirect = (location: string, headers = {}): HttpAnswer =>
    httpAnswer({ status: 302, headers: { location, ...headers } });
  const inspector = httpAnswer({ status: 400, body: 'WebSockets request was expected' });

  test.each<[string, HttpAnswer, { body: string; headers?: string }, Partial<Identification>]>([
    [
      'node-inspector',
      inspector,
      { body: '{"Browser":"node.js/v24.1.0","Protocol-Version":"1.1"}' },
      { version: '24.1.0', authentication: 'none' },
    ],
    [
      'chrome-devtools',
      httpAnswer({ body: '<title>Headless remote debugging</title>' }),
      { body: '{"Browser":"HeadlessChrome/130.0","Protocol-Version":"1.3"}' },
      { version: '130.0', authentication: 'none' },
    ],
    [
      'docker-engine',
      httpAnswer({ headers: { 'api-version': '1.45', server: 'Docker/26.1.4 (linux)' } }),
      { body: '{"Version":"26.1.4","ApiVersion":"1.45"}' },
      { version: '26.1.4', authentication: 'none' },
    ],
    [
      'ollama',
      httpAnswer({ body: 'Ollama is running' }),
      { body: '{"version":"0.3.12"}' },
      { version: '0.3.12' },
    ],
    [
      'prometheus',
      redirect('/graph'),
      { body: '{"status":"success","data":{"version":"2.54.1","goVersion":"go1.22"}}' },
      { version: '2.54.1', authentication: 'none' },
    ],
    [
      'jupyter',
      redirect('/tree?', { server: tornado }),
      { body: '{"version":"2.14.2"}', headers: `Server: ${tornado}\r\n` },
      { version: '2.14.2' },
    ],
    [
      'grafana',
      redirect('/login', { 'set-cookie': 'redirect_to=%2F' }),
      { body: '{"commit":"x","database":"ok","version":"11.2.0"}' },
      { version: '11.2.0' },
    ],
  ])('shows %s', (id, answer, second, shows) => {
    const first = judgeHttp(answer, target);
    expect(follow(first, second)).toMatchObject({ id, ...shows });
    expect(follow(first, { body: 'something else' }), 'another body').toBe(null);
  });

  test.each([
    ['etcd', '{"etcdserver":"3.5.15","etcdcluster":"3.5.0"}', { version: '3.5.15' }],
    ['chromium', '{"Browser":"Chrome/130.0","Protocol-Version":"1.3"}', { version: '130.0' }],
  ])('is asked for the sake of the hint %s', (hint, body, shows) => {
    const answer = httpAnswer({ status: 404, body: '404 page not found\n' });
    expect(follow(judgeHttp(answer, { ...target, hints: [hint] }), { body })).toMatchObject(shows);
    expect(judgeHttp(answer, target).next).toBe(undefined);
  });

  test('is no upgrade where the server already demanded one', () => {
    const demand = httpAnswer({ status: 426, headers: { upgrade: 'websocket' } });
    expect(judgeHttp(demand, target).next).toBe(undefined);
    expect(judgeHttp(httpAnswer({ status: 426 }), target).next).toMatchObject({ id: 'websocket' });
  });

  test('is asked at a path of its own and changes nothing: it is a GET', () => {
    for (const { followUp, id } of httpProducts) {
      expect(followUp?.path ?? '/', id).toMatch(/^\/[\w/.-]*$/);
    }
  });
});

test('no product throws, whatever the answer', () => {
  const answers = fc.record({
    version: fc.constant('1.1'),
    status: fc.integer({ min: 0, max: 999 }),
    reason: fc.string(),
    headers: fc
      .dictionary(fc.constantFrom('server', 'location', 'api-version', 'upgrade'), fc.string())
      .map((headers) => new Map(Object.entries(headers))),
    body: fc.oneof(fc.string(), fc.json()),
  });
  fc.assert(
    fc.property(answers, (answer) => {
      expect(judgeHttp(answer, target).evidence).not.toEqual([]);
      for (const { followUp } of httpProducts) followUp?.judge(answer);
    }),
  );
});
