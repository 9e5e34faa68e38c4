import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { proxyVariables } from '../../src/model/process.ts';
import { listening } from '../protocols/probing.ts';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/free-port.ts';
import { hasPython, startPython } from '../support/start-python.ts';
import { askWhy, causeIds, causeOf } from '../support/why-facts.ts';

const curl = findProgram('curl');

let server: Server;
let port: number;

beforeEach(async () => {
  for (const name of proxyVariables) vi.stubEnv(name, undefined);
  server = createServer((_, response) => void response.end('the shop'));
  port = await listening(server);
});

afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
  server.closeAllConnections();
});

/** What curl prints, and what it says where it fails, with the variables that are stubbed. */
const runCurl = (url: string): Promise<{ out: string; err: string }> =>
  new Promise((resolve) => {
    const words = ['-sS', '--max-time', '5', url];
    execFile(curl ?? 'curl', words, { env: process.env }, (_, out, err) => resolve({ out, err }));
  });

describe.skipIf(curl === null)('a dead proxy in the environment (skipped without curl)', () => {
  test('is what curl really meets, and why says so of the endpoint and of the proxy', async () => {
    const dead = await freePort();
    vi.stubEnv('http_proxy', `http://127.0.0.1:${dead}`);
    const { err } = await runCurl(`http://127.0.0.1:${port}/`);
    expect(err).toContain(String(dead));
    const ofProxy = await askWhy({ message: err });
    expect(ofProxy.target).toMatchObject({ port: dead });
    expect(causeIds(ofProxy)[0]).toBe('target-is-proxy');
    expect(causeOf(ofProxy, 'target-is-proxy')).toMatchObject({
      title: `127.0.0.1:${dead} is the proxy of http_proxy, and nothing listens there`,
      explains: true,
    });
    const ofEndpoint = await askWhy({
      message: `requests.exceptions.ProxyError: HTTPConnectionPool(host='127.0.0.1', port=${port}): Max retries exceeded with url: / (Caused by ProxyError('Cannot connect to proxy.', NewConnectionError('Failed to establish a new connection: [Errno 111] Connection refused')))`,
    });
    expect(ofEndpoint).toMatchObject({ symptom: { class: 'proxy-error' }, verdict: 'explained' });
    expect(ofEndpoint.causes[0]).toMatchObject({ id: 'proxy-variables', severity: 'critical' });
    expect(ofEndpoint.causes[0]?.title).toContain('where nothing listens');
  });

  test.each([
    ['its URL', () => `http://127.0.0.1:${port}/`],
    ['its port', () => `127.0.0.1:${port}`],
  ])('fails an endpoint that answers, asked by %s', async (_, target) => {
    vi.stubEnv('http_proxy', `http://127.0.0.1:${await freePort()}`);
    const diagnosis = await askWhy({ target: target() });
    expect(diagnosis).toMatchObject({
      symptom: { class: 'proxy-error', from: 'sockets' },
      verdict: 'explained',
    });
    expect(diagnosis.causes[0]).toMatchObject({ id: 'proxy-variables', severity: 'critical' });
    expect(diagnosis.next[0]?.command).toMatch(/^export NO_PROXY=/);
  });

  test('whose NO_PROXY covers the endpoint is none, for curl and for why', async () => {
    vi.stubEnv('http_proxy', `http://127.0.0.1:${await freePort()}`);
    vi.stubEnv('no_proxy', '127.0.0.1,localhost');
    expect(await runCurl(`http://127.0.0.1:${port}/`)).toEqual({ out: 'the shop', err: '' });
    const diagnosis = await askWhy({ target: `http://127.0.0.1:${port}` });
    expect(diagnosis.verdict).toBe('works');
    expect(causeIds(diagnosis)).not.toContain('proxy-variables');
  });

  test('with the line that is advised curl reaches the endpoint', async () => {
    vi.stubEnv('http_proxy', `http://127.0.0.1:${await freePort()}`);
    vi.stubEnv('NO_PROXY', 'corp.example');
    const diagnosis = await askWhy({ target: `http://127.0.0.1:${port}` });
    const command = causeOf(diagnosis, 'proxy-variables').actions[0]?.command ?? '';
    expect(command).toMatch(/^export NO_PROXY=corp\.example,localhost,127\.0\.0\.1,::1 /);
    const line = `${command}; exec curl -sS --max-time 5 http://127.0.0.1:${port}/`;
    const printed = await new Promise<string>((resolve) => {
      execFile('sh', ['-c', line], { env: process.env }, (_, out) => resolve(out));
    });
    expect(printed).toBe('the shop');
  });
});

test('a live proxy that would be asked is told, though the endpoint answers', async () => {
  vi.stubEnv('ALL_PROXY', `http://127.0.0.1:${port}`);
  const diagnosis = await askWhy({ target: `http://127.0.0.1:${port}` });
  expect(causeOf(diagnosis, 'proxy-variables')).toMatchObject({ severity: 'warning' });
});

test('an endpoint that refuses is not the fault of a proxy', async () => {
  vi.stubEnv('http_proxy', `http://127.0.0.1:${port}`);
  const diagnosis = await askWhy({ target: `http://127.0.0.1:${await freePort()}` });
  expect(causeIds(diagnosis)).not.toContain('proxy-variables');
});

test.skipIf(!hasPython)(
  "a client's own environment is looked at too (skipped without python3)",
  async () => {
    const program = `
import socket, sys
client = socket.create_connection(('127.0.0.1', ${port}))
print('connected', flush=True)
sys.stdin.read()
`;
    const client = await startPython(program, ['env', 'http_proxy=http://proxy.invalid:3128']);
    try {
      const diagnosis = await askWhy({ target: `http://127.0.0.1:${port}` });
      const cause = causeOf(diagnosis, 'proxy-variables');
      expect(cause.title).toContain(`(pid ${client.pid}`);
      expect(cause.title).toContain('to the proxy proxy.invalid:3128');
    } finally {
      await client.stop();
    }
  },
);
