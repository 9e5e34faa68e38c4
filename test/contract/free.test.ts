import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { free, type Snapshot, takeSnapshot } from '../../src/index.ts';
import { freeResultSchema } from '../../src/operations/schemas/freeing.schema.ts';
import { type BusyMachine, startBusyMachine } from '../support/busy-machine.ts';
import { isAlive } from '../support/free-live.ts';
import { freePort } from '../support/free-port.ts';
import { runLauncher } from '../support/run-launcher.ts';
import { startApart, untilListening } from '../support/start-apart.ts';

let busy: BusyMachine;
let folder: string;
let file: string;
let snapshot: Snapshot;

beforeAll(async () => {
  busy = await startBusyMachine();
  snapshot = await takeSnapshot();
  folder = mkdtempSync(join(tmpdir(), 'homeport-free-'));
  file = join(folder, 'machine.json');
  writeFileSync(file, JSON.stringify(snapshot));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await busy.stop();
});

const targets: readonly (readonly [string, string, () => string])[] = [
  ['an endpoint', 'held', () => `127.0.0.1:${busy.samePort}`],
  ['a port on every address', 'held', () => `${busy.samePort}`],
  ['a UDP endpoint', 'held', () => `udp://127.0.0.1:${busy.udp}`],
  ['a shared socket', 'held', () => `127.0.0.1:${busy.shared}`],
  ['a unix path', 'held', () => busy.path],
  ['a process', 'held', () => `pid:${busy.pid}`],
  ["a client's port", 'free', () => `127.0.0.1:${busy.clientPort}`],
  ['a free port', 'free', () => '127.0.0.1:1'],
];

describe('free: the library and the command line give the same plan', () => {
  it.each(targets)('for %s, on a snapshot: %s', async (_, state, target) => {
    const ours = await free({ targets: [target()] }, { snapshot });
    expect(freeResultSchema.parse(ours)).toEqual(ours);
    expect(ours).toStrictEqual(JSON.parse(JSON.stringify(ours)));
    expect(ours).toMatchObject({ plan: { state }, receipt: null });
    const words = ['free', target(), '--dry-run', '--json', '--snapshot', file];
    const { code, out, err } = await runLauncher(words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual(ours);
  });

  it('for several targets, one plan', async () => {
    const both = [`${busy.samePort}`, `udp://127.0.0.1:${busy.udp}`];
    const { plan } = await free({ targets: both }, { snapshot });
    expect(plan?.targets).toHaveLength(2);
    expect(plan?.endpoints.length).toBeGreaterThan(3);
    expect(plan?.steps.filter(({ pid }) => pid === busy.pid)).toHaveLength(1);
  });

  it('changes no snapshot', async () => {
    const target = `127.0.0.1:${busy.samePort}`;
    const { plan } = await free({ targets: [target] }, { snapshot });
    const confirmed = free({ targets: [target], confirm: plan?.id }, { snapshot });
    await expect(confirmed).rejects.toMatchObject({ code: 'invalid-input' });
    const { code } = await runLauncher(['free', target, '--yes', '--snapshot', file]);
    expect(code).toBe(2);
    expect(isAlive(busy.pid)).toBe(true);
  });
});

describe('free: on this machine', () => {
  it.each(targets)(
    'the plan for %s keeps to the schema, and nothing is done',
    async (_, state, target) => {
      const { out } = await runLauncher(['free', target(), '--dry-run', '--json']);
      const parsed = freeResultSchema.parse(JSON.parse(out));
      expect(parsed).toMatchObject({ plan: { state }, receipt: null });
      expect(isAlive(busy.pid)).toBe(true);
    },
  );

  it('the receipt keeps to the schema, in the library and on the command line', async () => {
    const serve = async () => {
      const port = await freePort();
      const code = `require("net").createServer().listen(${port}, "127.0.0.1")`;
      const { output } = startApart(process.execPath, ['-e', code]);
      await untilListening(port, output);
      return `127.0.0.1:${port}`;
    };
    const target = await serve();
    const { plan } = await free({ targets: [target] });
    const ours = await free({ targets: [target], confirm: plan?.id, environment: true });
    expect(freeResultSchema.parse(ours)).toEqual(ours);
    expect(ours.receipt).toMatchObject({ plan: plan?.id, freed: true });
    const { code, out, err } = await runLauncher(['free', await serve(), '--yes', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const theirs = freeResultSchema.parse(JSON.parse(out));
    expect(theirs.receipt?.freed).toBe(true);
    expect(Object.keys(theirs.receipt ?? {})).toEqual(Object.keys(ours.receipt ?? {}));
  });
});
