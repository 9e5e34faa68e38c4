import { describe, expect, test } from 'vitest';
import { nextSteps } from '../../src/explain/next-steps.ts';
import type { Connection, End } from '../../src/model/connection.ts';
import {
  listenerOf,
  notProbed,
  ownerOf,
  protocolOf,
  type Seen,
  seenOf,
  targetOf,
} from './next-facts.ts';

const commands = (rest: Partial<Seen> = {}): (string | null)[] =>
  nextSteps(seenOf(rest), 1000).map(({ command }) => command);
const project = { name: 'shop', root: '/x', branch: null, worktree: null, evidence: [] };
const nobody: Partial<Seen> = { state: 'free', listeners: [], owner: null, protocol: notProbed };

const end = (rest: Partial<End>): End => ({
  address: '127.0.0.1',
  port: 1,
  local: true,
  pid: 7,
  alsoHeldBy: [],
  program: 'x',
  project: null,
  inode: 1,
  ...rest,
});
const connection = (client: Partial<End>, server: Partial<End>): Connection => ({
  transport: 'tcp',
  namespace: 'this',
  client: end(client),
  server: end(server),
  direction: 'listener',
  state: 'established',
  bytesToServer: 1,
  bytesToClient: 1,
  rttMs: 1,
  retransmits: 0,
});

describe('the next steps', () => {
  test('for a server: talk to it, see its project, and stop it', () => {
    expect(commands({ owner: { ...ownerOf(), project } })).toEqual([
      'curl -i http://127.0.0.1:3000/',
      'homeport ls project:shop',
      'kill -TERM 4242',
    ]);
  });

  test('are three at most', () => {
    const owner = { ...ownerOf({ id: 'cron', label: 'cron job', restarts: null }), project };
    expect(nextSteps(seenOf({ owner }), 1000)).toHaveLength(3);
  });

  test('begin with root where the owner was denied', () => {
    const denied = { unknown: 'denied' } as const;
    expect(commands({ owner: denied, listeners: [listenerOf({ owners: denied })] })).toEqual([
      'sudo homeport explain 127.0.0.1:3000',
      'curl -i http://127.0.0.1:3000/',
      'homeport ls --watch 3000',
    ]);
  });

  test('do not offer root where permission is not what is missing', () => {
    expect(commands({ owner: { unknown: 'other-namespace' } })[0]).toMatch(/^curl/);
  });

  test('begin with the repair of a grave finding', () => {
    const finding = {
      id: 'stopped-listener',
      severity: 'warning',
      title: 'x',
      evidence: [],
      benignCauses: [],
      actions: [{ label: 'go on', command: 'kill -CONT 4242' }],
    } as const;
    expect(commands({ findings: [finding] })[0]).toBe('kill -CONT 4242');
    expect(commands({ findings: [{ ...finding, severity: 'info' }] })[0]).toMatch(/^curl/);
  });

  test('for a free port: who has it elsewhere, and when it changes', () => {
    expect(commands(nobody)).toEqual(['homeport ls', 'homeport ls --watch 3000']);
    expect(commands({ ...nobody, elsewhere: [listenerOf({ address: '::1' })] })).toEqual([
      'homeport explain 3000',
      'homeport ls --watch 3000',
    ]);
  });

  test('for what is nowhere: everything that listens', () => {
    const target = { kind: 'name', input: 'shop', name: 'shop', notes: [] } as const;
    expect(commands({ ...nobody, target, state: 'unknown' })).toEqual(['homeport ls']);
    expect(commands({ ...nobody, target: targetOf({ port: 0 }) })).toEqual([]);
  });

  test('for a connection: the end that was not asked about', () => {
    const connections = [connection({ port: 3000 }, { address: '::1', port: 5432 })];
    expect(commands({ ...nobody, state: 'connected', connections, owner: ownerOf() })).toEqual([
      "homeport explain '[::1]:5432'",
      'homeport explain pid:4242 --verbose',
      'homeport ls --watch 3000',
    ]);
    const served = [connection({ port: 50_000 }, { port: 3000 })];
    expect(commands({ ...nobody, state: 'closing', connections: served })[0]).toBe(
      'homeport explain 127.0.0.1:50000',
    );
  });

  test('for a process without a listener', () => {
    const target = { kind: 'pid', input: 'pid:4242', pid: 4242, notes: [] } as const;
    expect(commands({ ...nobody, target, owner: ownerOf() })).toEqual([
      'homeport explain pid:4242 --verbose',
      'kill -TERM 4242',
    ]);
  });

  test('ask for root by a target that reads back as the same one', () => {
    const owner = { unknown: 'denied' } as const;
    const of = (target: Seen['target']) => commands({ ...nobody, target, owner })[0];
    expect(of(targetOf({ address: '::1', host: '::1' }))).toBe(
      "sudo homeport explain '[::1]:3000'",
    );
    expect(of(targetOf({ address: 'fe80::1', host: 'fe80::1', zone: 'eth0' }))).toBe(
      "sudo homeport explain '[fe80::1%eth0]:3000'",
    );
    expect(of(targetOf({ address: null, host: null }))).toBe('sudo homeport explain 3000');
    expect(of(targetOf({ address: null, host: 'api.test' }))).toBe(
      'sudo homeport explain api.test:3000',
    );
    expect(of(targetOf({ transport: 'udp' }))).toBe('sudo homeport explain udp://127.0.0.1:3000');
    expect(of({ kind: 'pid', input: '7', pid: 7, notes: [] })).toBe('sudo homeport explain pid:7');
    expect(of({ kind: 'name', input: 'x y', name: 'x y', notes: [] })).toBe(
      "sudo homeport explain 'name:x y'",
    );
    expect(of({ kind: 'unix', input: '/run/a b', name: { path: '/run/a b' }, notes: [] })).toBe(
      "sudo homeport explain 'unix:/run/a b'",
    );
  });

  test('put hostile text into quotes', () => {
    const name = '$(touch /tmp/owned); `id`';
    const owner = { ...ownerOf(), project: { ...project, name } };
    expect(commands({ owner, listeners: [] })[0]).toBe(`homeport ls 'project:${name}'`);
  });
});

describe('talking to a server', () => {
  const talk = (rest: Partial<Seen>) => commands({ ...rest, owner: null })[0];
  const tls = {
    version: 'TLSv1.3',
    alpn: null,
    subject: 'CN=x',
    issuer: 'CN=x',
    names: [],
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2027-01-01T00:00:00.000Z',
    selfSigned: true,
    fingerprint256: 'AB',
  };

  test.each([
    ['postgres', 'psql -h 127.0.0.1 -p 3000'],
    ['mysql', 'mysql --protocol=tcp -h 127.0.0.1 -P 3000'],
    ['redis', 'redis-cli -h 127.0.0.1 -p 3000'],
    ['mongodb', 'mongosh mongodb://127.0.0.1:3000/'],
    ['ssh', 'ssh -p 3000 127.0.0.1'],
    ['tls', 'openssl s_client -connect 127.0.0.1:3000'],
    ['smtp', 'nc 127.0.0.1 3000'],
    ['mqtt', "mosquitto_sub -h 127.0.0.1 -p 3000 -t '#' -v"],
    ['node-inspector', 'node inspect 127.0.0.1:3000'],
  ])('in %s', (id, command) => {
    expect(talk({ protocol: protocolOf(id) })).toBe(command);
  });

  test('in HTTP, over TLS, and of a product', () => {
    expect(talk({ protocol: protocolOf('http2') })).toBe('curl -i http://127.0.0.1:3000/');
    expect(talk({ protocol: protocolOf('http1', { tls }) })).toBe(
      'curl -ik https://127.0.0.1:3000/',
    );
    expect(talk({ protocol: protocolOf('http1', { tls: { ...tls, selfSigned: false } }) })).toBe(
      'curl -i https://127.0.0.1:3000/',
    );
    expect(talk({ protocol: protocolOf('grafana', { details: { over: 'HTTP/1.1' } }) })).toBe(
      'curl -i http://127.0.0.1:3000/',
    );
  });

  test('that was not probed, by its program', () => {
    const program = (id: string, kind: 'database' | 'dev-server' | 'system') => [
      listenerOf({ program: { id, name: id, kind, version: null, evidence: [] } }),
    ];
    expect(talk({ protocol: notProbed, listeners: program('postgres', 'database') })).toBe(
      'psql -h 127.0.0.1 -p 3000',
    );
    expect(talk({ protocol: notProbed, listeners: program('vite', 'dev-server') })).toBe(
      'curl -i http://127.0.0.1:3000/',
    );
    expect(talk({ protocol: notProbed, listeners: program('cups', 'system') })).toBe(
      'homeport ls --watch 3000',
    );
  });

  test('on the wildcard goes to loopback of its family', () => {
    const target = targetOf({ address: '0.0.0.0' });
    expect(talk({ target, listeners: [listenerOf({ address: '0.0.0.0' })] })).toBe(
      'curl -i http://127.0.0.1:3000/',
    );
    const six = [listenerOf({ family: 'ipv6', address: '::' })];
    expect(talk({ target: targetOf({ address: null }), listeners: six })).toBe(
      "curl -i 'http://[::1]:3000/'",
    );
  });

  test('on a link-local address names the interface', () => {
    const listeners = [listenerOf({ family: 'ipv6', address: 'fe80::1', interface: 'eth0' })];
    expect(talk({ target: targetOf({ address: null }), listeners })).toBe(
      "curl -i 'http://[fe80::1%25eth0]:3000/'",
    );
  });

  test('is not offered in another network namespace, or where nothing is known', () => {
    expect(talk({ listeners: [listenerOf({ namespace: 'net:[2]' })] })).toBe(
      'homeport ls --watch 3000',
    );
    expect(talk({ protocol: { status: 'unrecognised', evidence: [] } })).toBe(
      'homeport ls --watch 3000',
    );
  });

  test('spares root the sudo, and the advice to look again as root', () => {
    const denied = seenOf({ owner: { unknown: 'denied' } });
    expect(nextSteps(denied, 1000)[0]?.command).toMatch(/^sudo homeport explain /);
    expect(nextSteps(denied, 0).some(({ command }) => command?.includes('sudo'))).toBe(false);
  });
});
