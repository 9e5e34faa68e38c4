import { describe, expect, it } from 'vitest';
import {
  leaseLines,
  leaseTable,
  noteLines,
  removedLines,
} from '../../../../src/faces/cli/render/lease.ts';
import { type Line, paintLines } from '../../../../src/faces/cli/text/line.ts';
import { unknown } from '../../../../src/model/known.ts';
import type { AddressLease, Lease, PortUse, PortUser } from '../../../../src/model/lease.ts';
import type { LeasedPort } from '../../../../src/operations/lease-port.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

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
  port: 20_001,
};

const address: AddressLease = { ...lease, address: '127.77.3.1' };
const nobody: PortUse = { by: 'nobody', users: [] };

const used = (by: PortUser['relation'], fields: Partial<PortUser> = {}): PortUse => ({
  by,
  users: [
    {
      role: 'listens',
      address: '127.0.0.1',
      pid: 42,
      program: 'Vite',
      project: null,
      worktree: null,
      relation: by,
      ...fields,
    },
  ],
});

const leased = (fields: Partial<LeasedPort> = {}): LeasedPort => ({
  lease,
  outcome: 'kept',
  host: '127.0.0.1',
  url: 'http://127.0.0.1:20001',
  environment: {},
  use: nobody,
  notes: [],
  problems: [],
  ...fields,
});

const textOf = (lines: readonly Line[]): string => paintLines(lines, false);

describe('a lease', () => {
  it.each<[string, Partial<LeasedPort>, string]>([
    ['kept', {}, '20001  http://127.0.0.1:20001  web of shop, leased 2 hours ago; not in use\n'],
    ['made', { outcome: 'made' }, '20001  http://127.0.0.1:20001  web of shop, new; not in use\n'],
    [
      'in use by its project',
      { use: used('holder') },
      '20001  http://127.0.0.1:20001  web of shop, leased 2 hours ago; in use: Vite (pid 42)\n',
    ],
    [
      'of an endpoint, a worktree and an address',
      {
        lease: { ...lease, endpoint: 'debug', worktree: 'fix', address: '127.77.3.1' },
        outcome: 'moved',
      },
      '127.77.3.1:20001  http://127.0.0.1:20001  web (debug) of shop (worktree fix), moved; not in use\n',
    ],
  ])('%s', (_, fields, text) => {
    expect(textOf(leaseLines(leased(fields), now))).toBe(text);
  });
});

it('warnings come with their commands, after what is broken', () => {
  const notes = [
    { id: 'commonly-used', text: 'Others take it.' },
    { id: 'taken-by-stranger', text: 'Vite has it.', command: 'homeport 20001' },
  ] as const;
  const problems = [{ id: 'leases-damaged', reason: 'failed', detail: 'It is damaged.' }] as const;
  expect(textOf(noteLines(notes, problems))).toBe(
    '! It is damaged.\n! Others take it.\n! Vite has it.\n  homeport 20001\n',
  );
});

describe('the table of leases', () => {
  const list = (use: PortUse, folderGone: boolean | ReturnType<typeof unknown> = false) => ({
    path: '/x',
    leases: [{ ...lease, use, folderGone }],
    addresses: [],
    problems: [],
  });

  it.each<[string, PortUse, string]>([
    ['nobody', nobody, 'not in use'],
    ['the project', used('holder'), 'in use: Vite (pid 42)'],
    ['a stranger', used('stranger'), 'taken by a stranger: Vite (pid 42)'],
    [
      'nobody knows whom',
      used('unknown', { pid: null, program: null }),
      'in use by a program not seen',
    ],
  ])('says that a port is used by %s', (_, use, text) => {
    const [header, row] = textOf(leaseTable(list(use), now, null)).split('\n');
    expect(header?.split(/\s+/)).toEqual(['PORT', 'SERVICE', 'PROJECT', 'SINCE', 'NOW', 'FOLDER']);
    expect(row).toMatch(/^20001 +web +shop +2h /);
    expect(row).toContain(`  ${text}  /home/ann/shop`);
  });

  it('marks a folder that is gone, and no other', () => {
    expect(textOf(leaseTable(list(nobody, true), now, null))).toContain('/home/ann/shop is gone');
    const denied = leaseTable(list(nobody, unknown('denied')), now, null);
    expect(textOf(denied)).not.toContain('is gone');
  });

  it('says how to begin where there is none', () => {
    const none = { path: '/x', leases: [], addresses: [], problems: [] };
    expect(textOf(leaseTable(none, now, null))).toBe(
      'No port is leased: homeport port NAME leases one.\n',
    );
    expect(
      textOf(leaseTable({ ...none, addresses: [{ ...address, folderGone: false }] }, now, null)),
    ).toBe('127.77.3.1  the address of shop  /home/ann/shop\n');
  });

  it('is inert in a terminal, whatever the names are', () => {
    const hostile = { ...lease, projectName: 'a\u001b]0;pw\u0007b', folder: '/x\ny' };
    const text = textOf(
      leaseTable(
        { ...list(nobody), leases: [{ ...hostile, use: nobody, folderGone: false }] },
        now,
        null,
      ),
    );
    expect(text).not.toMatch(/[\u001b\u0007]/);
    expect(text.split('\n')).toHaveLength(3);
  });
});

it('what is removed is listed, as a plan or as done', () => {
  expect(textOf(removedLines([lease], [address], false))).toBe(
    '2 leases to remove:\n  20001  web of shop  /home/ann/shop\n  127.77.3.1  the address of shop  /home/ann/shop\n',
  );
  expect(textOf(removedLines([lease], [], true))).toMatch(/^1 lease removed:\n/);
  expect(textOf(removedLines([], [], false))).toMatch(/nothing to remove/);
});
