import { describe, expect, it } from 'vitest';
import { isHomeportError } from '../../src/model/error.ts';
import { unknown } from '../../src/model/known.ts';
import type { Lease, LeaseBook, PortUse } from '../../src/model/lease.ts';
import type { ProjectFacts } from '../../src/model/project-facts.ts';
import { emptyBook, withLease } from '../../src/ports/book.ts';
import { leaseEnvironment } from '../../src/ports/lease-environment.ts';
import type { PortFacts } from '../../src/ports/pool.ts';
import { portNotes, reservedWith } from '../../src/ports/port-notes.ts';
import { type AskedPort, portRefused, reasonAgainst } from '../../src/ports/refuse-port.ts';
import { leaseScopeOf } from '../../src/ports/scope.ts';
import { checkName, variableName } from '../../src/ports/service-name.ts';

const facts: ProjectFacts = {
  root: '/home/ann/shop/packages/web',
  markers: ['package.json'],
  manifest: { file: 'package.json', name: '@shop/web', scripts: [], dependencies: [] },
  git: { root: '/home/ann/shop', branch: 'main', worktree: null, mainRoot: '/home/ann/shop' },
};

describe('the project that leases belong to', () => {
  it('is the whole repository: its packages are told the same ports', () => {
    const scope = leaseScopeOf('/home/ann/shop/packages/web/src', facts);
    expect(scope).toEqual({
      project: '/home/ann/shop',
      worktree: null,
      projectName: 'shop',
      folder: '/home/ann/shop',
      found: true,
    });
  });

  it('is the same in a linked worktree, with leases of its own', () => {
    const git = {
      root: '/home/ann/shop-fix',
      branch: 'fix',
      worktree: 'shop-fix',
      mainRoot: '/home/ann/shop',
    };
    const scope = leaseScopeOf('/x', { ...facts, root: git.root, git });
    expect(scope).toMatchObject({
      project: '/home/ann/shop',
      worktree: 'shop-fix',
      folder: '/home/ann/shop-fix',
      projectName: '@shop/web',
    });
  });

  it('is the nearest project where there is no git', () => {
    const scope = leaseScopeOf('/x', { ...facts, git: null });
    expect(scope).toMatchObject({ project: facts.root, folder: facts.root, worktree: null });
  });

  it.each([null, unknown('denied')])('is the folder itself where there is none: %j', (none) => {
    expect(leaseScopeOf('/tmp/x', none)).toEqual({
      project: '/tmp/x',
      worktree: null,
      projectName: 'x',
      folder: '/tmp/x',
      found: false,
    });
  });
});

describe('names', () => {
  it.each([
    ['web', 'WEB'],
    ['@shop/web-api', 'SHOP_WEB_API'],
    ['my.service', 'MY_SERVICE'],
    ['3d', '_3D'],
    ['über', 'BER'],
    ['日本', '_'],
  ])('%s is %s in an environment', (service, variable) => {
    expect(checkName('service', service)).toBe(service);
    expect(variableName(service)).toBe(variable);
  });

  it.each(['', ' ', '-x', 'a b', 'a\nb', '../x', 'a$(b)', '\u001b]0;x\u0007', 'x'.repeat(101)])(
    '%j is none',
    (name) => {
      const thrown = attempt(() => checkName('service', name));
      expect(thrown).toSatisfy(isHomeportError);
      expect(thrown).toMatchObject({ code: 'invalid-input' });
    },
  );
});

const lease: Lease = {
  project: '/home/ann/shop',
  worktree: null,
  service: 'api',
  endpoint: 'main',
  projectName: 'shop',
  folder: '/home/ann/shop',
  uid: 1000,
  user: 'ann',
  since: '2026-11-21T10:00:00.000Z',
  address: null,
  port: 20_001,
};

describe('the environment of a lease', () => {
  it('tells the port, and how others find it', () => {
    expect(leaseEnvironment(lease)).toEqual({
      PORT: '20001',
      API_URL: 'http://127.0.0.1:20001',
      API_HOST: '127.0.0.1',
      API_PORT: '20001',
    });
  });

  it('of another endpoint leaves PORT to the main one', () => {
    expect(leaseEnvironment({ ...lease, endpoint: 'debug' })).toEqual({
      API_DEBUG_URL: 'http://127.0.0.1:20001',
      API_DEBUG_HOST: '127.0.0.1',
      API_DEBUG_PORT: '20001',
    });
  });

  it('of a database on an address of its own', () => {
    const own = { ...lease, service: 'postgres', address: '127.77.3.1', port: 5432 };
    expect(leaseEnvironment(own)['POSTGRES_URL']).toBe('postgresql://127.77.3.1:5432');
  });
});

const machine: PortFacts = {
  ephemeralRange: { first: 32_768, last: 60_999 },
  reservedPorts: [
    { first: 8080, last: 8080 },
    { first: 9148, last: 9150 },
  ],
  unprivilegedPortStart: 1024,
};
const nobody: PortUse = { by: 'nobody', users: [] };
const stranger: PortUse = {
  by: 'stranger',
  users: [
    {
      role: 'listens',
      address: '127.0.0.1',
      pid: 42,
      program: 'Vite',
      project: '/home/bob/other',
      worktree: null,
      relation: 'stranger',
    },
  ],
};

describe('notes', () => {
  it('are none where all is well', () => {
    expect(portNotes(lease, machine, nobody)).toEqual([]);
  });

  it('tell of the ephemeral range, with the line that keeps the others reserved too', () => {
    expect(portNotes({ ...lease, port: 40_000 }, machine, nobody)).toEqual([
      {
        id: 'in-ephemeral-range',
        text: expect.stringContaining('32768–60999'),
        command: 'sudo sysctl -w net.ipv4.ip_local_reserved_ports=8080,9148-9150,40000',
      },
    ]);
    const reserved = { ...machine, reservedPorts: [{ first: 40_000, last: 40_000 }] };
    expect(portNotes({ ...lease, port: 40_000 }, reserved, nobody)).toEqual([]);
  });

  it('leave the range aside for an address of one’s own, where no connection starts', () => {
    const own = { ...lease, address: '127.77.3.1', port: 40_000 };
    expect(portNotes(own, machine, nobody)).toEqual([]);
  });

  it('have no line where the kernel does not tell what is reserved: it would be lost', () => {
    const hidden = { ...machine, reservedPorts: unknown('denied') };
    const [note] = portNotes({ ...lease, port: 40_000 }, hidden, nobody);
    expect(note).not.toHaveProperty('command');
  });

  it('tell of a stranger first, and of a port that others take', () => {
    const notes = portNotes({ ...lease, port: 3000 }, machine, stranger);
    expect(notes.map(({ id }) => id)).toEqual(['taken-by-stranger', 'commonly-used']);
    expect(notes[0]?.text).toMatch(/Vite \(pid 42\) of \/home\/bob\/other has port 3000/);
  });

  it('write ranges as the kernel does', () => {
    expect(reservedWith(62_893, [])).toBe('62893');
  });
});

describe('a preferred port', () => {
  const asked = (fields: Partial<AskedPort> = {}): AskedPort => ({
    port: 62_893,
    address: null,
    key: lease,
    book: emptyBook,
    use: nobody,
    bindError: null,
    uid: 1000,
    ...fields,
  });
  const others: LeaseBook = withLease(emptyBook, {
    ...lease,
    project: '/home/bob/other',
    projectName: 'other',
    port: 62_893,
  });

  it.each<[string, Partial<AskedPort>]>([
    ['free', {}],
    ['leased to the same already', { book: withLease(emptyBook, { ...lease, port: 62_893 }) }],
    [
      'in use by the project itself',
      { use: { ...stranger, by: 'holder' }, bindError: 'EADDRINUSE' },
    ],
    ['privileged, and root asks', { port: 80, uid: 0 }],
    ['another’s, on an address of its own', { book: others, address: '127.77.3.1' }],
  ])('is granted where it is %s', (_, fields) => {
    expect(reasonAgainst(asked(fields), machine)).toBeNull();
  });

  it.each<[string, Partial<AskedPort>, RegExp]>([
    ['a browser’s bad port', { port: 6000 }, /browsers refuse/],
    ['privileged', { port: 80 }, /only root/],
    ['another’s', { book: others }, /leased to api of other/],
    ['in use by a stranger', { use: stranger }, /Vite \(pid 42\) listens on 127\.0\.0\.1:62893/],
    ['in use by whom nobody sees', { bindError: 'EADDRINUSE' }, /by whom can not be seen/],
    ['not to be bound', { bindError: 'EACCES' }, /EACCES/],
  ])('is refused where it is %s', (_, fields, why) => {
    expect(reasonAgainst(asked(fields), machine)).toMatch(why);
  });

  it('that is refused comes with one that would do', () => {
    expect(portRefused('no', 'web', 20_007)).toMatchObject({
      code: 'refused',
      hint: '20007 is free: homeport port web --prefer 20007',
    });
    expect(portRefused('no', 'web', null)).toMatchObject({ hint: 'ask for another one' });
  });
});

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (thrown) {
    return thrown;
  }
}
