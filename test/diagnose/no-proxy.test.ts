import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bypassesProxy } from '../../src/diagnose/no-proxy.ts';
import { findProgram } from '../support/find-program.ts';
import { portOf } from '../support/open-sockets.ts';

const cases: readonly [string | undefined, string, number, boolean][] = [
  [undefined, 'localhost', 3000, false],
  ['', 'localhost', 3000, false],
  ['*', 'anything.example', 80, true],
  [' * ', '::1', 80, true],
  ['corp.example,*', 'localhost', 80, false],
  ['localhost', 'localhost', 80, true],
  ['LOCALHOST', 'Localhost', 80, true],
  ['localhost', 'shop.localhost', 80, true],
  ['localhost', 'notlocalhost', 80, false],
  ['localhost', '127.0.0.1', 80, false],
  ['localhost, 127.0.0.1 ,::1', '127.0.0.1', 80, true],
  ['localhost, 127.0.0.1 ,::1', '::1', 80, true],
  ['localhost 127.0.0.1', 'localhost', 80, false],
  ['.example.com', 'www.example.com', 80, true],
  ['.example.com', 'example.com', 80, false],
  ['ample.com', 'example.com', 80, false],
  ['*.example.com', 'www.example.com', 80, false],
  ['127.0.0.1', '127.0.0.2', 80, false],
  ['0.0.1', '127.0.0.1', 80, false],
  ['127.0.0.0/8', '127.0.0.2', 80, true],
  ['127.0.0.0/8', '128.0.0.1', 80, false],
  ['127.0.0.0/8', 'localhost', 80, false],
  ['::/64', '::1', 80, true],
  ['127.0.0.0/99', '127.0.0.1', 80, false],
  ['not/a/block', '127.0.0.1', 80, false],
  ['0:0:0:0:0:0:0:1', '::1', 80, true],
  ['localhost:3000', 'localhost', 3000, true],
  ['localhost:3000', 'shop.localhost', 3000, true],
  ['localhost:3000', 'localhost', 3001, false],
  ['localhost:3000', 'localhost', 0, false],
  ['127.0.0.1:3000', '127.0.0.1', 3000, true],
  ['[::1]:3000', '::1', 3000, true],
  ['[::1]:3000', '::1', 3001, false],
  [',,', 'localhost', 80, false],
];

test.each(cases)('NO_PROXY=%j for %s port %i: %s', (value, host, port, expected) => {
  expect(bypassesProxy(value, host, port)).toBe(expected);
});

/**
 * What every client must agree on. Ports are left out, which curl does not know, and IPv6: curl
 * 7.88 (Debian 12) asks the proxy for every address of it, whatever the list.
 */
const agreed = cases.filter(
  ([value, host, , expected]) => expected && !/:\d{4}$/.test(value ?? '') && !host.includes(':'),
);

describe.skipIf(findProgram('curl') === null)('curl (needs curl)', () => {
  test('asks no proxy where this says so', async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const settings = { http_proxy: `http://127.0.0.1:${portOf(proxy)}` };
    const ask = (noProxy: string, host: string) =>
      promisify(execFile)(
        'curl',
        ['-sg', '--max-time', '2', ...resolved(host), `http://${host}:9/`],
        {
          env: { PATH: process.env['PATH'], ...settings, no_proxy: noProxy },
        },
      ).catch(() => null);
    for (const [value, host] of agreed) await ask(value ?? '', host);
    expect(asked).toEqual([]);
    for (const host of ['localhost', '127.0.0.1']) await ask('corp.example', host);
    expect(asked).toEqual(['http://localhost:9/', 'http://127.0.0.1:9/']);
  });
});

/** No resolver is asked for the names of these tests. */
const resolved = (host: string): readonly string[] =>
  /[a-z]/i.test(host) ? ['--resolve', `${host}:9:127.0.0.1`] : [];
