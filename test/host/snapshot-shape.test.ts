import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/faces/cli/main.ts';
import { linuxHost } from '../../src/host/linux/linux-host.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { isRecord } from '../../src/host/shape.ts';
import { snapshotShape } from '../../src/host/snapshot-shape.ts';
import { takeSnapshot } from '../../src/host/snapshot.ts';
import type { Firewall, FirewallAction, FirewallCondition } from '../../src/model/firewall.ts';
import type { Route } from '../../src/model/network.ts';
import { memoryIo } from '../faces/cli/support/memory-io.ts';

const proc = join(import.meta.dirname, '../fixtures/machine-basic/proc');
const never = new AbortController().signal;
const everything = {
  states: 'all',
  unix: true,
  otherNamespaces: true,
  holdersOf: 'all',
  detail: 'full',
  network: { destinations: [], firewall: false },
} as const;

const conditions: readonly FirewallCondition[] = [
  { negated: true, kind: 'in-interface', names: ['lo'] },
  { negated: false, kind: 'out-interface', names: ['eth*'] },
  { negated: false, kind: 'source', blocks: ['10.0.0.0/8'] },
  { negated: false, kind: 'destination', blocks: ['::1'] },
  { negated: false, kind: 'source-type', types: ['local'] },
  { negated: true, kind: 'destination-type', types: ['local', 'broadcast'] },
  { negated: false, kind: 'reverse-path', exists: false },
  { negated: false, kind: 'source-port', ports: [{ first: 1024, last: 65_535 }] },
  { negated: false, kind: 'destination-port', ports: [{ first: 5432, last: 5432 }] },
  { negated: false, kind: 'protocol', protocols: ['tcp'] },
  { negated: false, kind: 'uid', ids: [{ first: 1000, last: 1000 }] },
  { negated: false, kind: 'gid', ids: [{ first: 0, last: 99 }] },
  { negated: false, kind: 'state', states: ['new'] },
  { negated: false, kind: 'tcp-flags', match: 'exactly', mask: ['syn', 'ack'], flags: ['syn'] },
  { negated: false, kind: 'family', family: 'ipv4' },
  { negated: false, kind: 'other', text: 'limit rate 1/second' },
];

const actions: readonly FirewallAction[] = [
  { kind: 'drop' },
  { kind: 'untrack' },
  { kind: 'reject', with: 'tcp reset' },
  { kind: 'jump', chain: 'logged' },
  { kind: 'redirect', to: null },
  { kind: 'other', text: 'queue' },
];

const route: Route = { kind: 'local', interface: 'lo', gateway: null, source: '127.0.0.1' };

/** Every kind of condition and action once, as a machine's own rules hardly have them. */
const firewall: Firewall = {
  chains: [
    {
      tool: 'nft',
      command: 'nft',
      family: 'inet',
      table: 'filter',
      name: 'input',
      hook: 'input',
      type: 'filter',
      device: null,
      priority: -10,
      policy: 'drop',
      rules: actions.map((action, at) => ({
        text: 'as nft lists it',
        conditions: at === 0 ? conditions : [],
        action,
        handle: 7,
      })),
    },
  ],
  notes: ['ip6tables is not installed'],
};

let folder = '';
let whole: unknown;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-shape-'));
  const host = linuxHost(kernelRoot({ HOMEPORT_PROC: proc }));
  const snapshot = await takeSnapshot(host, everything, never, () => 1.7e12);
  const network = snapshot.network && {
    ...snapshot.network,
    routes: { '127.0.0.1': route },
    firewall,
  };
  whole = JSON.parse(JSON.stringify({ ...snapshot, network }));
});

afterAll(() => rmSync(folder, { recursive: true }));

type Path = readonly (string | number)[];

/** One place of each kind in a value: of a list's items and of a record's values, the first. */
const placesIn = (value: unknown, path: Path = [], seen = new Set<string>()): readonly Path[] => {
  const key = path.map((part) => (typeof part === 'number' ? '*' : part)).join('.');
  if (seen.has(key)) return [];
  seen.add(key);
  const children = Array.isArray(value) || isRecord(value) ? Object.entries(value) : [];
  const inside = children.flatMap(([name, child]) =>
    placesIn(child, [...path, Array.isArray(value) ? Number(name) : name], seen),
  );
  return path.length === 0 ? inside : [path, ...inside];
};

const replaced = (value: unknown, [name, ...rest]: Path, by: unknown): unknown => {
  if (name === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) => (at === name ? replaced(item, rest, by) : item));
  }
  return isRecord(value) ? { ...value, [name]: replaced(value[name], rest, by) } : value;
};

/** How the command line fails with a snapshot otherwise than by refusing it; null: it does not. */
const faultOf = async (snapshot: unknown): Promise<string | null> => {
  const path = join(folder, 'stranger.json');
  writeFileSync(path, JSON.stringify(snapshot));
  const runs =
    snapshotShape(snapshot) === null
      ? [
          ['ls', '--all'],
          ['80', '-v'],
        ]
      : [['ls']];
  for (const words of runs) {
    const io = memoryIo();
    const code = await main([...words, '--snapshot', path], io);
    const isRefused = code === 2 && /^homeport: [^\n]+\nhint: [^\n]+\n$/.test(io.written.err);
    if (code !== 0 && !isRefused) return `${code} ${io.written.err}`;
  }
  return null;
};

const wrong = [null, -1, 'x', {}, [], [null], { unknown: 'no such reason' }, undefined];

describe('a snapshot', () => {
  it('of a real machine has the shape', async () => {
    const live = await takeSnapshot(linuxHost(), everything, never, Date.now);
    expect(snapshotShape(JSON.parse(JSON.stringify(live)))).toBeNull();
    expect(snapshotShape(whole)).toBeNull();
  });

  it.each([
    [['sockets', 0, 'local', 'port'], '1', /^\.sockets\[0\]\.local\.port is no number from 0$/],
    [['processes', 0, 'argv'], ['a', 1], /^\.processes\[0\]\.argv\[1\] is no text$/],
    [
      ['processes', 0, 'exe'],
      { unknown: 'why' },
      /^\.processes\[0\]\.exe\.unknown is no known word/,
    ],
    [
      ['network', 'routes'],
      { '::1': { kind: 'detour' } },
      /^\.network\.routes\["::1"\]\.kind is no known word/,
    ],
    [
      ['network', 'firewall', 'chains', 0, 'rules', 0, 'conditions', 3, 'blocks'],
      '::1',
      /^\.network\.firewall\.chains\[0\]\.rules\[0\]\.conditions\[3\]\.blocks is no list$/,
    ],
    [
      ['network', 'firewall', 'chains', 0, 'rules', 0, 'action'],
      { kind: 'jump' },
      /rules\[0\]\.action\.chain is no text$/,
    ],
    [['holders'], { 5: [{}] }, /^\.holders\["5"\]\[0\]\.pid is no number from 0$/],
  ])('with another value at %j is none', (path, by, message) => {
    expect(snapshotShape(replaced(whole, path, by))).toMatch(message);
  });

  it('of before, without the network, has the shape', () => {
    expect(snapshotShape(replaced(whole, ['network'], undefined))).toBeNull();
    expect(snapshotShape(replaced(whole, ['network'], null))).toBe('.network is no object');
  });

  it('with a condition of any kind that lacks what belongs to it is none', () => {
    const chain = ['network', 'firewall', 'chains', 0, 'rules'];
    for (const [at, condition] of conditions.entries()) {
      const { negated, kind } = condition;
      const lacking = replaced(whole, [...chain, 0, 'conditions', at], { negated, kind });
      expect(snapshotShape(lacking), kind).toContain(`.conditions[${at}].`);
    }
  });

  it('with any one value replaced is judged, or refused as invalid input in one line', async () => {
    const faults: string[] = [];
    for (const place of placesIn(whole)) {
      for (const by of wrong) {
        const fault = await faultOf(replaced(whole, place, by));
        if (fault !== null) faults.push(`${place.join('.')} = ${JSON.stringify(by)}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
  });
});
