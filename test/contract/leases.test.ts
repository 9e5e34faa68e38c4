import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkPorts,
  collectLeases,
  leasePort,
  listLeases,
  removeLeases,
  reservePort,
} from '../../src/index.ts';
import { checkPortsInput } from '../../src/operations/check-ports.schema.ts';
import { collectLeasesInput } from '../../src/operations/collect-leases.schema.ts';
import { leasePortInput } from '../../src/operations/lease-port.schema.ts';
import { removeLeasesInput } from '../../src/operations/remove-leases.schema.ts';
import { reservePortInput } from '../../src/operations/reserve-port.schema.ts';
import {
  leasedPortSchema,
  leaseListSchema,
  portCheckSchema,
  removedLeasesSchema,
} from '../../src/operations/schemas/lease.schema.ts';
import { leasesFile, makePackage, ownLeases } from '../support/lease-scene.ts';
import { runLauncher } from '../support/run-launcher.ts';

ownLeases();

/** What the command printed, which must be an answer and nothing else. */
const answerWith = async (exitCode: number, ...words: readonly string[]): Promise<unknown> => {
  const { code, out, err } = await runLauncher(['port', ...words, '--json']);
  expect({ code, err }).toEqual({ code: exitCode, err: '' });
  return JSON.parse(out);
};

const expectPlain = (value: unknown): void => {
  expect(value).toStrictEqual(JSON.parse(JSON.stringify(value)));
};

describe('port: the library and the command line give the same answer', () => {
  it.each<[string, Omit<Parameters<typeof leasePort>[0], 'directory'>, readonly string[]]>([
    ['a service', { service: 'web' }, ['web']],
    ['an endpoint', { service: 'web', endpoint: 'debug' }, ['web', '--endpoint', 'debug']],
    ['a number', { service: 'web', prefer: 20_011 }, ['web', '--prefer', '20011']],
    ['an address', { service: 'redis', ownAddress: true }, ['redis', '--own-address']],
    ['a warning', { service: 'web', prefer: 45_678 }, ['web', '--prefer', '45678']],
  ])('for %s', async (_, input, words) => {
    const directory = makePackage('shop');
    const made = leasePortInput.parse({ ...input, directory });
    const first = await leasePort(made);
    expectPlain(first);
    expect(leasedPortSchema.parse(first)).toEqual(first);
    const theirs = await answerWith(0, ...words, '--directory', directory);
    expect(theirs).toEqual({ ...first, outcome: 'kept' });
    expect(await leasePort(made)).toEqual(theirs);
  });

  it('for ls, rm and gc', async () => {
    const directory = makePackage('shop');
    await leasePort({ service: 'web', directory });
    await leasePort({ service: 'redis', ownAddress: true, directory });
    const list = await listLeases();
    expectPlain(list);
    expect(leaseListSchema.parse(list)).toEqual(list);
    expect(await answerWith(0, 'ls')).toEqual(list);
    const removed = await answerWith(0, 'rm', 'web', '-C', directory);
    expect(removedLeasesSchema.parse(removed)).toEqual(removed);
    await leasePort({ service: 'web', directory });
    const which = removeLeasesInput.parse({ which: ['web'], directory });
    expectPlain(await removeLeases(which));
    rmSync(directory, { recursive: true });
    const plan = await collectLeases();
    expect(await answerWith(0, 'gc', '--dry-run')).toEqual(plan);
    const applied = await answerWith(0, 'gc', '--yes');
    expect(applied).toEqual({ ...plan, removed: true });
    const input = collectLeasesInput.parse({ apply: true });
    expect(await collectLeases(input)).toMatchObject({ leases: [], removed: true });
  });

  it('for check', async () => {
    const folder = makePackage('shop');
    const file = join(folder, 'compose.yaml');
    writeFileSync(file, 'services: {a: {ports: ["21999:1"]}, b: {ports: ["21999:2", "22001:2"]}}');
    const ours = await checkPorts(checkPortsInput.parse({ files: [file] }));
    expectPlain(ours);
    expect(portCheckSchema.parse(ours)).toEqual(ours);
    expect(await answerWith(1, 'check', file)).toEqual(ours);
    expect(ours.clashes).toMatchObject([{ id: 'wanted-twice', port: 21_999 }]);
    writeFileSync(file, 'services: {a: {ports: ["22001:1"]}}');
    expect(await answerWith(0, 'check', file)).toMatchObject({ clashes: [] });
  });

  it('for --reserve the plan is shown first', async () => {
    const plan = await reservePort(reservePortInput.parse({ port: 45_678 }));
    const words = ['port', 'web', '-C', makePackage('shop'), '--prefer', '45678'];
    const { code, out, err } = await runLauncher([...words, '--reserve', '--dry-run']);
    expect({ code, out }).toEqual({ code: 0, out: '45678\n' });
    expect(err).toContain(plan.line);
    const asked = await runLauncher([...words, '--reserve']);
    expect({ code: asked.code, out: asked.out }).toEqual({ code: 4, out: '45678\n' });
    expect(asked.err).toContain('there is nobody to ask');
  });
});

describe('port: what a shell reads', () => {
  it('is the port alone', async () => {
    const folder = makePackage('shop');
    const { code, out, err } = await runLauncher(['port', 'web', '-C', folder]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${(await leasePort({ service: 'web', directory: folder })).lease.port}\n`);
  });

  it('is the port with its address where it has one of its own', async () => {
    const words = ['port', 'postgres', '--own-address', '-C', makePackage('shop')];
    expect((await runLauncher(words)).out).toMatch(/^127\.\d+\.\d+\.\d+:5432\n$/);
  });

  it('is a variable a line', async () => {
    const folder = makePackage('shop');
    const { out } = await runLauncher(['port', '@shop/api', '--env', '-C', folder]);
    expect(out).toMatch(
      /^PORT=(\d+)\nSHOP_API_URL=http:\/\/127\.0\.0\.1:\1\nSHOP_API_HOST=127\.0\.0\.1\nSHOP_API_PORT=\1\n$/,
    );
  });

  it('is told when sudo leases for root', async () => {
    const words = ['port', 'web', '-C', makePackage('shop')];
    const { code, err } = await runLauncher(words, { env: { SUDO_USER: 'ann' } });
    expect({ code, err }).toEqual({
      code: 0,
      err: '! This is a lease of root, and not of ann: run it without sudo.\n',
    });
    expect((await runLauncher(words, { env: { SUDO_USER: 'ann' } })).err).toBe('');
  });

  it('has its warnings on the error stream', async () => {
    const words = ['port', 'web', '--prefer', '45678', '-C', makePackage('shop')];
    const { out, err } = await runLauncher(words);
    expect(out).toBe('45678\n');
    expect(err).toMatch(/^! 45678 is inside .+\n {2}sudo sysctl -w .+45678\n$/);
  });
});

describe('port: exit codes', () => {
  it.each<[number, readonly string[]]>([
    [2, []],
    [2, ['']],
    [2, ['a b']],
    [2, ['web', 'api']],
    [2, ['web', '--prefer', '0']],
    [2, ['web', '--prefer', '99999']],
    [2, ['web', '--prefer', 'soon']],
    [2, ['web', '--directory', '/nonexistent']],
    [2, ['ls', 'web']],
    [2, ['ls', '--prefer', '3000']],
    [2, ['rm']],
    [2, ['rm', 'nothing']],
    [2, ['gc', 'web']],
    [2, ['check']],
    [2, ['check', '/etc/passwd']],
    [2, ['check', '/nonexistent/.env']],
    [4, ['web', '--prefer', '6000']],
  ])('%i for %j, told in one line and a hint', async (exitCode, words) => {
    const { code, out, err } = await runLauncher(['port', ...words]);
    expect({ code, out }).toEqual({ code: exitCode, out: '' });
    expect(err).toMatch(/^homeport: [^\n]+\n(hint: [^\n]+\n)?$/);
  });

  it('4 where gc would remove and there is nobody to ask', async () => {
    const folder = makePackage('shop');
    await leasePort({ service: 'web', directory: folder });
    rmSync(folder, { recursive: true });
    const { code, out, err } = await runLauncher(['port', 'gc']);
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(err).toMatch(/1 lease to remove:\n.*web of shop/);
    expect((await listLeases()).leases).toHaveLength(1);
  });

  it('0 with a damaged file, which is said', async () => {
    mkdirSync(dirname(leasesFile()), { mode: 0o700 });
    writeFileSync(leasesFile(), 'not JSON');
    const { code, err } = await runLauncher(['port', 'web', '-C', makePackage('shop')]);
    expect(code).toBe(0);
    expect(err).toMatch(/^! The file of leases is no whole JSON document: it was put aside as /);
  });
});
