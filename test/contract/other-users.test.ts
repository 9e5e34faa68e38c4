import { execFileSync } from 'node:child_process';
import type { Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listener } from '../../src/index.ts';
import { explanationSchema } from '../../src/operations/schemas/explanation.schema.ts';
import { listenerListSchema } from '../../src/operations/schemas/listener-list.schema.ts';
import { asUser } from '../support/as-user.ts';
import { isRoot, launcher } from '../support/launcher.ts';
import { listen, portOf } from '../support/open-sockets.ts';

const nobody = 65_534;

const listOf = (printed: string): readonly Listener[] => {
  const answer: unknown = JSON.parse(printed);
  const parsed = listenerListSchema.parse(answer);
  expect(parsed).toEqual(answer);
  return parsed.listeners;
};

const at = (port: number, listeners: readonly Listener[]): Listener | undefined =>
  listeners.find((one) => one.transport !== 'unix' && one.port === port);

describe.skipIf(!isRoot)('as uid 65534 (skipped without root: it changes the user)', () => {
  let server: Server;

  beforeAll(async () => {
    server = await listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => void server.close());

  const run = (...words: readonly string[]): string =>
    asUser(nobody, process.execPath, [launcher, ...words], 'utf8');

  it("lists root's servers, whose owners are denied and not guessed", () => {
    const row = at(portOf(server), listOf(run('ls', '--json')));
    expect(row).toMatchObject({
      uid: 0,
      user: 'root',
      owners: { unknown: 'denied' },
      program: { unknown: 'denied' },
      origin: { unknown: 'denied' },
    });
  });

  it('explains one of them, and says what would show more', () => {
    const printed: unknown = JSON.parse(run(`127.0.0.1:${portOf(server)}`, '--json', '--no-probe'));
    const answer = explanationSchema.parse(printed);
    expect(answer).toMatchObject({ state: 'listening', owner: { unknown: 'denied' } });
    expect(answer.next.map(({ command }) => command).join()).toContain('sudo');
  });

  it('finds the owners of its own', () => {
    const printed = asUser(nobody, process.execPath, ['-e', listenAndAsk, launcher], 'utf8');
    expectOwn(printed);
  });
});

/** Listens, asks `homeport ls --json` at its side, and prints what it is and what it was told. */
const listenAndAsk = `
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    const words = [process.argv[1], 'ls', '--json', String(port)];
    const list = require('node:child_process').execFileSync(process.execPath, words, { encoding: 'utf8' });
    console.log(JSON.stringify({ port, pid: process.pid, list }));
    server.close();
  });`;

const expectOwn = (printed: string): void => {
  const { port, pid, list } = JSON.parse(printed) as { port: number; pid: number; list: string };
  expect(at(port, listOf(list))).toMatchObject({ uid: nobody, owners: [{ pid }] });
};

/** Root listens on port 8000 and then runs a command as uid 65534, where /proc hides root. */
const listenAndStart = `
  require('node:net').createServer().listen(8000, '127.0.0.1', () => {
    const ids = ['--reuid', '${nobody}', '--regid', '${nobody}', '--clear-groups'];
    const words = [...ids, process.execPath, ...process.argv.slice(1)];
    const { status } = require('node:child_process').spawnSync('setpriv', words, { stdio: 'inherit' });
    process.exit(status);
  });`;

const hidden = 'mount -t proc -o hidepid=2 proc /proc && ip link set lo up && exec "$0" -e "$@"';

const underHidepid = (...words: readonly string[]): string => {
  const namespaces = ['--mount', '--pid', '--net', '--fork'];
  const started = ['sh', '-c', hidden, process.execPath, listenAndStart, '--', ...words];
  return execFileSync('unshare', [...namespaces, ...started], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
  });
};

describe.skipIf(!isRoot)('with hidepid=2 (skipped without root: it mounts a /proc)', () => {
  it("says that the owners of others' servers are denied, not that there are none", () => {
    const row = at(8000, listOf(underHidepid(launcher, 'ls', '--json')));
    expect(row).toMatchObject({ uid: 0, owners: { unknown: 'denied' } });
  });

  it('explains one of them', () => {
    const printed: unknown = JSON.parse(underHidepid(launcher, '8000', '--json', '--no-probe'));
    const answer = explanationSchema.parse(printed);
    expect(answer).toMatchObject({ state: 'listening', owner: { unknown: 'denied' } });
  });

  it('finds the owners of its own', () => {
    expectOwn(underHidepid('-e', listenAndAsk, launcher));
  });
});
