import { expect, it } from 'vitest';
import { deadProxyOf } from '../../src/diagnose/dead-proxy.ts';
import { answered, served, spoken } from './checks/connect-outcome.ts';

const dead = 'http://127.0.0.1:9';

it.each<[string, string, Readonly<Record<string, string>>, boolean]>([
  ['http://localhost:3000', 'http1', { http_proxy: dead }, true],
  ['http://localhost:3000', 'http1', { all_proxy: dead }, true],
  ['http://localhost:3000', 'http1', { https_proxy: dead }, false],
  ['http://localhost:3000', 'http1', { http_proxy: dead, no_proxy: 'localhost' }, false],
  // curl and wget pass it by.
  ['http://localhost:3000', 'http1', { HTTP_PROXY: dead }, false],
  ['http://localhost:3000', 'http1', { http_proxy: 'http://proxy.corp:3128' }, false],
  // Somebody listens there.
  ['http://localhost:3000', 'http1', { http_proxy: 'http://127.0.0.1:3000' }, false],
  ['localhost:3000', 'http1', { http_proxy: dead }, true],
  ['localhost:3000', 'redis', { http_proxy: dead }, false],
  ['postgres://localhost:3000', 'http1', { http_proxy: dead }, false],
])('%s that speaks %s, with %j: %s', (text, id, proxies, expected) => {
  const facts = served(text, spoken(id), { asker: { proxies }, facts: answered(200, '') });
  expect(deadProxyOf(facts) !== null).toBe(expected);
});
