import { expect, test } from 'vitest';
import { headline } from '../../../../src/faces/cli/render/explanation/headline.ts';
import { paint } from '../../../../src/faces/cli/text/line.ts';
import type { Explanation } from '../../../../src/model/explanation.ts';
import { connection, end, explanation, hiddenListener, inetListener } from '../support/literals.ts';

const firstLine = (given: Partial<Explanation>): string =>
  paint(headline(explanation(given)), false);

test('an owner that may not be seen is not guessed', () => {
  const listener = hiddenListener();
  expect(
    firstLine({
      listeners: [listener],
      owner: { unknown: 'denied' },
      target: {
        ...explanation().target,
        address: '127.0.0.1',
        port: 5432,
      } as Explanation['target'],
    }),
  ).toBe(
    '127.0.0.1:5432 is held by a process that is not visible to this user and runs as postgres, systemd unit postgresql@15-main.service, reachable from this machine only.',
  );
});

test('a network namespace is a container’s only where the container is known', () => {
  const exposure = { level: 'this-container', reasons: [], reachableVia: [] } as const;
  const plain = inetListener({ namespace: 'net:[4026532281]', exposure });
  const container = { id: 'f'.repeat(64), name: 'db', image: 'db:1', compose: null };
  const sentence = (listener: typeof plain): string =>
    firstLine({ listeners: [listener], exposure });
  expect(sentence(plain)).toContain('from inside its network namespace only');
  expect(sentence({ ...plain, container })).toContain('from inside its container only');
});

test('two programs behind one port are both named', () => {
  const other = inetListener({
    address: '::1',
    family: 'ipv6',
    program: { id: 'next', name: 'Next.js', kind: 'framework', version: null, evidence: [] },
    owners: [{ pid: 7, startedAt: '', name: 'node', role: 'accepts', evidence: [] }],
  });
  const target = {
    ...explanation().target,
    input: '5173',
    host: null,
    address: null,
  } as Explanation['target'];
  expect(firstLine({ target, listeners: [inetListener(), other] })).toBe(
    'Port 5173 is 2 different programs: Vite (pid 4242) on 127.0.0.1:5173; Next.js (pid 7) on [::1]:5173.',
  );
});

test('one address in two network namespaces is two places', () => {
  const inside = inetListener({
    namespace: 'net:[77]',
    owners: [{ pid: 7, startedAt: '', name: 'node', role: 'accepts', evidence: [] }],
  });
  expect(firstLine({ listeners: [inetListener(), inside] })).toContain(
    'Vite (pid 7) on 127.0.0.1:5173 in net:[77].',
  );
});

test('a client’s own port is no server', () => {
  const target = {
    ...explanation().target,
    input: '51002',
    address: '127.0.0.1',
    port: 51_002,
  } as Explanation['target'];
  expect(
    firstLine({ state: 'connected', target, listeners: [], connections: [connection()] }),
  ).toBe(
    '127.0.0.1:51002 is the client’s end of a connection from chromium (pid 900, 127.0.0.1:51002) to Vite (pid 4242, 127.0.0.1:5173); nothing listens here.',
  );
});

test('the other end may be on another machine', () => {
  const target = {
    ...explanation().target,
    address: '10.0.0.5',
    port: 51_002,
  } as Explanation['target'];
  const client = end({ address: '10.0.0.5' });
  const server = end({
    address: '93.184.216.34',
    port: 443,
    local: false,
    pid: { unknown: 'other-namespace' },
    program: { unknown: 'other-namespace' },
  });
  expect(
    firstLine({
      state: 'connected',
      target,
      listeners: [],
      connections: [connection({ client, server })],
    }),
  ).toBe(
    '10.0.0.5:51002 is the client’s end of a connection from chromium (pid 900, 10.0.0.5:51002) to 93.184.216.34:443 (another machine); nothing listens here.',
  );
});

test('what is left of old connections', () => {
  expect(
    firstLine({
      state: 'closing',
      listeners: [],
      connections: [connection({ state: 'time-wait' })],
    }),
  ).toBe(
    'Nothing listens on 127.0.0.1:5173; 1 old connection there waits in TIME_WAIT, which the kernel ends by itself within a minute.',
  );
  expect(
    firstLine({
      state: 'closing',
      listeners: [],
      connections: [connection({ state: 'close-wait' }), connection({ state: 'time-wait' })],
    }),
  ).toContain('2 old connections there are closing');
});

test('a free port', () => {
  expect(firstLine({ state: 'free', listeners: [], connections: [], owner: null })).toBe(
    'Nothing listens on 127.0.0.1:5173.',
  );
});

test('a name that nothing has', () => {
  expect(
    firstLine({
      state: 'unknown',
      listeners: [],
      owner: null,
      target: { kind: 'name', input: 'shpo', name: 'shpo', notes: [] },
    }),
  ).toBe('Nothing that listens here is called shpo.');
});

test('a name that something has', () => {
  expect(firstLine({ target: { kind: 'name', input: 'vite', name: 'vite', notes: [] } })).toBe(
    'vite is Vite 5.4.2 of project shop, started by npm script dev, listening on 127.0.0.1:5173, reachable from this machine only.',
  );
});

test('a process that listens on nothing, and one that is not there', () => {
  const target = { kind: 'pid', input: 'pid:4242', pid: 4242, notes: [] } as const;
  expect(firstLine({ state: 'unknown', listeners: [], target })).toBe(
    'Process 4242 is Vite; it listens on nothing.',
  );
  expect(firstLine({ state: 'unknown', listeners: [], owner: null, target })).toBe(
    'No process 4242 can be seen.',
  );
});
