import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BusyMachine, startBusyMachine } from '../support/busy-machine.ts';
import { isRoot } from '../support/launcher.ts';
import { readHomeport } from './homeport-rows.ts';
import { readSs, type Row } from './ss-rows.ts';

const nobody = 65_534;

const busy: BusyMachine[] = [];

beforeAll(async () => {
  busy.push(await startBusyMachine());
  if (isRoot) busy.push(await startBusyMachine(nobody));
});

afterAll(async () => {
  await Promise.all(busy.map((machine) => machine.stop()));
});

/** Rows that stood still while both looked: the machine lives on meanwhile. */
const stable = (
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>,
): readonly Row[] =>
  [...before].flatMap(([key, row]) =>
    JSON.stringify(after.get(key)) === JSON.stringify(row) ? [row] : [],
  );

const compare = (
  uid?: number,
): { theirs: number; missing: Row[]; different: unknown[]; extra: Row[] } => {
  const before = readSs(uid);
  const ours = readHomeport(uid);
  const after = readSs(uid);
  const still = stable(before, after);
  const keys = [...before.keys()];
  const keyOfRow = new Map([...before].map(([key, row]) => [row, key]));
  return {
    theirs: still.length,
    missing: still.filter((row) => !ours.has(keyOfRow.get(row) ?? '')),
    different: still.flatMap((row) => {
      const mine = ours.get(keyOfRow.get(row) ?? '');
      return mine === undefined || same(mine, row) ? [] : [{ ss: row, homeport: mine }];
    }),
    extra: [...ours].flatMap(([key, row]) => (keys.includes(key) || after.has(key) ? [] : [row])),
  };
};

const same = (a: Row, b: Row): boolean =>
  Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);

describe('ls --all --json against ss -tuxanpe, row by row', () => {
  it('agrees as the user who runs the tests', () => {
    const { theirs, ...differences } = compare();
    expect(theirs).toBeGreaterThan(20);
    expect(differences).toEqual({ missing: [], different: [], extra: [] });
  });

  it.skipIf(!isRoot)('agrees as uid 65534 (skipped without root: it changes the user)', () => {
    const { theirs, ...differences } = compare(nobody);
    expect(theirs).toBeGreaterThan(20);
    expect(differences).toEqual({ missing: [], different: [], extra: [] });
  });

  it('has something to compare: every case of the busy machine is among the rows', () => {
    const rows = [...readSs().values()];
    const [first] = busy;
    for (const port of [first?.samePort, first?.dual, first?.only6, first?.udp, first?.shared]) {
      expect(rows.some((row) => row['local']?.endsWith(`:${port}`))).toBe(true);
    }
    expect(execFileSync('ss', ['-V'], { encoding: 'utf8' })).toContain('iproute2');
  });
});
