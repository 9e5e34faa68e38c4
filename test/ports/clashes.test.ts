import { describe, expect, it } from 'vitest';
import type { Lease, PortUse } from '../../src/model/lease.ts';
import { type JudgedWant, portClashes } from '../../src/ports/clashes.ts';
import type { PortFacts } from '../../src/ports/pool.ts';

const machine: PortFacts = {
  ephemeralRange: { first: 32_768, last: 60_999 },
  reservedPorts: [],
  unprivilegedPortStart: 1024,
};

const nobody: PortUse = { by: 'nobody', users: [] };

const want = (fields: Partial<JudgedWant> = {}): JudgedWant => ({
  file: 'package.json',
  line: 4,
  what: 'script dev',
  service: null,
  role: 'serves',
  transport: 'tcp',
  address: null,
  port: 3000,
  assumed: false,
  folder: '/home/ann/shop',
  scope: { project: '/home/ann/shop', worktree: null },
  use: nobody,
  ...fields,
});

const lease: Lease = {
  project: '/home/ann/shop',
  worktree: null,
  service: 'web',
  endpoint: 'main',
  projectName: 'shop',
  folder: '/home/ann/shop',
  uid: 1000,
  user: 'ann',
  since: '2026-11-21T10:00:00.000Z',
  address: null,
  port: 3000,
};

const ids = (wants: readonly JudgedWant[], leases: readonly Lease[] = []) =>
  portClashes(wants, leases, machine).map(({ id }) => id);

const compose = { file: 'compose.yaml', what: 'service db', service: 'db' };

describe('ports that are wanted twice', () => {
  it.each<[string, Partial<JudgedWant>, Partial<JudgedWant>]>([
    ['the package and a container', {}, { ...compose, address: '0.0.0.0' }],
    ['two containers', { ...compose, what: 'service web', service: 'web' }, compose],
    ['two packages', {}, { folder: '/home/ann/shop/admin', file: 'admin/package.json' }],
    ['the same address', { address: '127.0.0.1' }, { ...compose, address: '127.0.0.1' }],
    [
      'two variables',
      { service: 'api', what: 'API_PORT', role: 'refers' },
      { service: 'web', role: 'refers' },
    ],
  ])('clash: %s', (_, a, b) => {
    const [clash] = portClashes([want(a), want(b)], [], machine);
    expect(clash).toMatchObject({ id: 'wanted-twice', severity: 'clash', port: 3000 });
    expect(clash?.wants).toHaveLength(2);
    expect(clash?.text).toMatch(/^3000 is wanted by .+ and .+/);
  });

  it.each<[string, Partial<JudgedWant>, Partial<JudgedWant>]>([
    ['two scripts of one package, of which one runs', {}, { what: 'script start' }],
    ['the script and its .env', {}, { file: '.env', what: 'PORT' }],
    ['a variable that tells where the container is', compose, { service: 'pg', role: 'refers' }],
    ['TCP and UDP', compose, { transport: 'udp' }],
    ['two addresses', { ...compose, address: '127.0.0.1' }, { address: '127.0.0.2' }],
    ['another port', compose, { port: 3001 }],
    [
      'two names of one database',
      { service: 'db', role: 'refers', port: 5432 },
      { service: 'pg', role: 'refers', port: 5432 },
    ],
    ['a default that the folder overrules', { assumed: true }, { port: 4000 }],
  ])('do not: %s', (_, a, b) => {
    expect(ids([want(a), want(b)])).toEqual([]);
  });

  it('a default that nothing overrules counts', () => {
    expect(ids([want({ assumed: true }), want(compose)])).toEqual(['wanted-twice']);
  });
});

describe('ports that are leased', () => {
  const others = { ...lease, project: '/home/bob/other', projectName: 'other' };

  it('to another project clash', () => {
    const [clash] = portClashes([want()], [others], machine);
    expect(clash).toMatchObject({ id: 'leased', text: expect.stringMatching(/web of other$/) });
  });

  it('to another worktree clash', () => {
    expect(ids([want()], [{ ...lease, worktree: 'fix' }])).toEqual(['leased']);
  });

  it('to another service of the project clash, to its own do not', () => {
    expect(ids([want(compose)], [lease])).toEqual(['leased']);
    expect(ids([want({ service: 'web' })], [lease])).toEqual([]);
    expect(ids([want()], [lease])).toEqual([]);
  });

  it('on an address of their own do not', () => {
    expect(ids([want()], [{ ...others, address: '127.77.3.1' }])).toEqual([]);
    expect(ids([want({ address: '0.0.0.0' })], [{ ...others, address: '127.77.3.1' }])).toEqual([
      'leased',
    ]);
  });

  it('do not where they are only looked for', () => {
    expect(ids([want({ role: 'refers', service: 'x' })], [others])).toEqual([]);
  });
});

describe('ports that are in use', () => {
  const used = (by: PortUse['by'], pid: number | null = 42): PortUse => ({
    by,
    users: [
      {
        role: 'listens',
        address: '127.0.0.1',
        pid,
        program: pid === null ? null : 'Vite',
        project: pid === null ? null : '/home/bob/other',
        worktree: null,
        relation: by === 'nobody' ? 'unknown' : by,
      },
    ],
  });

  it('by a stranger clash, and it is named', () => {
    const [clash] = portClashes([want({ use: used('stranger') })], [], machine);
    expect(clash).toMatchObject({
      id: 'in-use',
      text: '3000 is in use by Vite (pid 42) of /home/bob/other',
    });
  });

  it('by somebody who can not be seen clash', () => {
    const [clash] = portClashes([want({ use: used('unknown', null) })], [], machine);
    expect(clash?.text).toBe('3000 is in use by a program that could not be seen');
  });

  it('by the project itself do not', () => {
    expect(ids([want({ use: used('holder') })])).toEqual([]);
  });
});

describe('numbers', () => {
  it.each<[string, number, readonly string[]]>([
    ['no port', 70_000, ['no-port']],
    ['0', 0, ['no-port']],
    ['a browser’s bad port', 6000, ['blocked-by-browsers']],
    ['one of the ephemeral range', 40_000, ['in-ephemeral-range']],
    ['any other', 20_000, []],
  ])('%s', (_, port, expected) => {
    expect(ids([want({ port })])).toEqual(expected);
  });

  it('in the ephemeral range are no clash, only to be known', () => {
    expect(portClashes([want({ port: 40_000 })], [], machine)[0]?.severity).toBe('notice');
  });
});
