import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BusyMachine, startBusyMachine } from '../support/busy-machine.ts';
import { findProgram } from '../support/find-program.ts';
import { isRoot } from '../support/launcher.ts';
import { readHomeport } from './homeport-rows.ts';
import { keyOf, readSs, type Row } from './ss-rows.ts';

const nobody = 65_534;

const busy: BusyMachine[] = [];
const hasSs = findProgram('ss') !== null;

beforeAll(async () => {
  if (!hasSs) return;
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

/** Both look twice, in turn: what stood in both looks of one must be in the other's between. */
const compare = (uid?: number) => {
  const [ss1, ours1, ss2, ours2] = [readSs(uid), readHomeport(uid), readSs(uid), readHomeport(uid)];
  const theirs = stable(ss1, ss2);
  const own = stable(ours1, ours2);
  return {
    compared: theirs.length,
    missing: theirs.filter((row) => !ours1.has(keyOf(row))),
    different: theirs.flatMap((row) => {
      const mine = ours1.get(keyOf(row));
      return mine === undefined || same(mine, row) ? [] : [{ ss: row, homeport: mine }];
    }),
    extra: own.filter((row) => !ss2.has(keyOf(row))),
  };
};

const same = (a: Row, b: Row): boolean =>
  Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);

describe.skipIf(!hasSs)(
  'ls --all --json against ss -tuxanpe (skipped without ss), row by row',
  () => {
    it('agrees as the user who runs the tests', () => {
      const { compared, ...differences } = compare();
      expect(compared).toBeGreaterThan(20);
      expect(differences).toEqual({ missing: [], different: [], extra: [] });
    });

    it.skipIf(!isRoot)('agrees as uid 65534 (skipped without root: it changes the user)', () => {
      const { compared, ...differences } = compare(nobody);
      expect(compared).toBeGreaterThan(20);
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
  },
);
