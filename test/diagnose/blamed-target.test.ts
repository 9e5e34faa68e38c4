import { describe, expect, it, test } from 'vitest';
import { blamedTarget } from '../../src/diagnose/blamed-target.ts';
import { readMessage } from '../../src/diagnose/messages/read-message.ts';
import type { FailureEndpoint } from '../../src/model/failure.ts';

const blamed = (...endpoints: readonly FailureEndpoint[]) => {
  const { target, ...rest } = blamedTarget({
    class: 'connection-refused',
    endpoints,
    role: 'client',
    ecosystem: null,
    line: 1,
    text: '',
    notes: [],
  });
  return { host: target?.host, port: target?.port, ...rest };
};

const at = (host: string | null, port: number | null = 3000): FailureEndpoint => ({ host, port });

test('one endpoint is the target', () => {
  expect(blamed(at('127.0.0.1'))).toEqual({
    host: '127.0.0.1',
    port: 3000,
    tried: [],
    others: [],
  });
});

test('a target of a message has no transport of its own, and its text can be typed', () => {
  const { target } = blamedTarget(readMessage('connect ECONNREFUSED ::1:3000'));
  expect(target).toMatchObject({ input: '[::1]:3000', transport: null, address: '::1' });
});

describe('localhost, told by its addresses', () => {
  it('is one endpoint, tried in their order', () => {
    expect(blamed(at('::1'), at('127.0.0.1'))).toEqual({
      host: 'localhost',
      port: 3000,
      tried: ['::1', '127.0.0.1'],
      others: [],
    });
  });

  it('whatever else is blamed', () => {
    expect(blamed(at('::1'), at('db'), at('127.0.0.1'), at('127.0.0.1', 5432))).toEqual({
      host: 'localhost',
      port: 3000,
      tried: ['::1', '127.0.0.1'],
      others: ['db:3000', '127.0.0.1:5432'],
    });
  });

  it('and by its name', () => {
    expect(blamed(at('localhost'), at('::1'))).toMatchObject({ host: 'localhost', tried: ['::1'] });
  });

  it('is not what another address of 127.0.0.0/8 is', () => {
    expect(blamed(at('127.0.0.2'), at('127.0.0.1'))).toEqual({
      host: '127.0.0.2',
      port: 3000,
      tried: [],
      others: ['127.0.0.1:3000'],
    });
  });
});

test('an endpoint with a port comes before a host alone', () => {
  expect(blamed(at('proxy', null), at('db', 5432))).toMatchObject({ host: 'db', port: 5432 });
});

test('a host alone is a target with port 0', () => {
  expect(blamed(at('db', null))).toMatchObject({ host: 'db', port: 0, others: [] });
});

test('a port alone is a target on every address', () => {
  expect(blamed(at(null, 8080))).toMatchObject({ host: null, port: 8080 });
});

test.each([
  ['nothing', []],
  ['what is no endpoint', [at('a b\u001b[2J', 80)]],
  ['a port that there is not', [at('db', 99_999)]],
])('%s is no target', (_, endpoints) => {
  expect(blamed(...endpoints).host).toBeUndefined();
});

const aggregate = (first: string, second: string) => `AggregateError [ECONNREFUSED]:
    at internalConnectMultiple (node:net:1122:18)
    at afterConnectMultiple (node:net:1689:7) {
  code: 'ECONNREFUSED',
  [errors]: [
    Error: connect ECONNREFUSED ${first}:5432
        at createConnectionError (node:net:1652:14) {
      errno: -111,
      code: 'ECONNREFUSED',
      syscall: 'connect',
      address: '${first}',
      port: 5432
    },
    Error: connect ECONNREFUSED ${second}:5432
        at createConnectionError (node:net:1652:14) {
      code: 'ECONNREFUSED',
      address: '${second}',
      port: 5432
    }
  ]
}`;

test.each([
  ['::1', '127.0.0.1'],
  ['127.0.0.1', '::1'],
])('an AggregateError of Node with %s and %s is of localhost', (first, second) => {
  const { target, tried, others } = blamedTarget(readMessage(aggregate(first, second)));
  expect(target).toMatchObject({ host: 'localhost', port: 5432, input: 'localhost:5432' });
  expect(tried).toEqual([first, second]);
  expect(others).toEqual([]);
});
