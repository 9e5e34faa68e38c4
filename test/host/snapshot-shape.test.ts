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
import { memoryIo } from '../faces/cli/support/memory-io.ts';

const proc = join(import.meta.dirname, '../fixtures/machine-basic/proc');
const never = new AbortController().signal;
const everything = {
  states: 'all',
  unix: true,
  otherNamespaces: true,
  holdersOf: 'all',
  detail: 'full',
} as const;

let folder = '';
let whole: unknown;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-shape-'));
  const host = linuxHost(kernelRoot({ HOMEPORT_PROC: proc }));
  whole = JSON.parse(JSON.stringify(await takeSnapshot(host, everything, never, () => 1.7e12)));
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
    [['holders'], { 5: [{}] }, /^\.holders\["5"\]\[0\]\.pid is no number from 0$/],
  ])('with another value at %j is none', (path, by, message) => {
    expect(snapshotShape(replaced(whole, path, by))).toMatch(message);
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
