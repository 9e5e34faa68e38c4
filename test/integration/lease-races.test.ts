import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { readBook } from '../../src/ports/book.ts';
import { makeFolder } from '../support/make-folder.ts';
import { leasesFile, makePackage, ownLeases } from '../support/lease-scene.ts';
import { runLauncher } from '../support/run-launcher.ts';

ownLeases();

/** Ten rounds take minutes; two, of which the second finds all leases there, are for every day. */
const rounds = Number(process.env['HOMEPORT_RACE_ROUNDS'] ?? 2);
const patienceMs = 60_000 * rounds;
const processes = 20;
const each = 10;

const script = join(import.meta.dirname, 'lease-many.mjs');

/** Starts a process that will ask for these leases, and resolves once it waits for the word. */
const prepare = async (wanted: readonly string[]) => {
  const child = spawn(process.execPath, [script, ...wanted], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: process.env,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  expect(await next()).toBe('ready');
  return {
    go: () => child.stdin.write('\n'),
    ports: async (): Promise<readonly number[]> => {
      const ports: unknown = JSON.parse(await next());
      await once(child, 'close');
      return ports as readonly number[];
    },
  };
};

/** All ask at the same moment; their ports in the order asked. */
const askAtOnce = async (questions: readonly (readonly string[])[]): Promise<readonly number[]> => {
  const children = await Promise.all(questions.map(prepare));
  for (const { go } of children) go();
  return (await Promise.all(children.map(({ ports }) => ports()))).flat();
};

const countUp = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

describe(`${processes * each} leases at once, ${rounds} times`, () => {
  const race = async (questions: readonly (readonly string[])[], distinct: number) => {
    const first = await askAtOnce(questions);
    let before = first;
    expect(first).toHaveLength(processes * each);
    expect(new Set(first).size).toBe(distinct);
    const reading = readBook(readFileSync(leasesFile()));
    if (reading.kind !== 'read') throw new Error(reading.why);
    expect(new Set(reading.book.leases.map(({ port }) => port))).toEqual(new Set(first));
    expect(reading.book.leases).toHaveLength(distinct);
    for (let round = 1; round < rounds; round += 1) {
      // Every other time from nothing: the same candidates are fought for, in another order.
      const isAnew = round % 2 === 0;
      if (isAnew) rmSync(leasesFile());
      const again = await askAtOnce(questions);
      expect(new Set(again).size).toBe(distinct);
      if (!isAnew) expect(again).toEqual(before);
      before = again;
    }
  };

  it(
    'of one project are unique, and stay',
    async () => {
      const folder = makePackage('shop');
      const questions = countUp(processes).map((child) =>
        countUp(each).map((at) => `s${child}-${at}@${folder}`),
      );
      await race(questions, processes * each);
    },
    patienceMs,
  );

  it(
    'of twenty projects are unique, and stay',
    async () => {
      const parent = makeFolder();
      const folders = countUp(processes).map((at) => makePackage(`p${at}`, parent));
      const questions = countUp(processes).map((child) =>
        countUp(each).map((at) => `web${child}@${folders[(child + at) % processes]}`),
      );
      await race(questions, processes * each);
    },
    patienceMs,
  );

  it(
    'for the same few services give everyone the same',
    async () => {
      const folder = makePackage('shop');
      const questions = countUp(processes).map(() => countUp(each).map((at) => `s${at}@${folder}`));
      await race(questions, each);
    },
    patienceMs,
  );
});

it(
  'commands at once are as good',
  async () => {
    const folder = makePackage('shop');
    const ask = (at: number) => runLauncher(['port', `s${at % 12}`, '-C', folder]);
    const runs = await Promise.all(countUp(24).map(ask));
    for (const { code, err } of runs) expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(new Set(runs.map(({ out }) => out)).size).toBe(12);
  },
  patienceMs,
);
