import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  doctor,
  explain,
  listListeners,
  readMessage,
  type Snapshot,
  takeSnapshot,
  waitFor,
  why,
} from '../../src/index.ts';
import {
  diagnosisSchema,
  failureMessageSchema,
  healthSchema,
  waitResultSchema,
} from '../../src/operations/schemas/diagnosis.schema.ts';
import { explanationSchema } from '../../src/operations/schemas/explanation.schema.ts';
import { listenerListSchema } from '../../src/operations/schemas/listener-list.schema.ts';
import { type BusyMachine, startBusyMachine } from '../support/busy-machine.ts';
import { portOf } from '../support/open-sockets.ts';
import { runLauncher } from '../support/run-launcher.ts';

let busy: BusyMachine;
let folder: string;
let file: string;
let snapshot: Snapshot;

beforeAll(async () => {
  busy = await startBusyMachine();
  snapshot = await takeSnapshot();
  folder = mkdtempSync(join(tmpdir(), 'homeport-contract-'));
  file = join(folder, 'machine.json');
  writeFileSync(file, JSON.stringify(snapshot));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await busy.stop();
});

/** What the command printed, which must be an answer and nothing else. */
const answerOf = async (...words: readonly string[]): Promise<unknown> => answerWith(0, ...words);

/** The same of a verb whose answer decides its exit code. */
const answerWith = async (exitCode: number, ...words: readonly string[]): Promise<unknown> => {
  const { code, out, err } = await runLauncher([...words, '--json']);
  expect({ code, err }).toEqual({ code: exitCode, err: '' });
  return JSON.parse(out);
};

/** Plain data is what JSON keeps whole: nothing undefined, no dates, no maps. */
const expectPlain = (value: unknown): void => {
  expect(value).toStrictEqual(JSON.parse(JSON.stringify(value)));
};

describe('ls: the library and the command line give the same answer', () => {
  it.each<[string, Parameters<typeof listListeners>[0], readonly string[]]>([
    ['all that listens', {}, []],
    ['all there is', { all: true }, ['--all']],
    ['a word that filters', { filters: ['tcp', 'user:root'] }, ['tcp', 'user:root']],
    ['unix sockets', { filters: ['unix'] }, ['unix']],
    ['what they speak', { probe: true }, ['--probe']],
  ])('%s', async (_, input, words) => {
    const ours = await listListeners(input, { snapshot });
    expectPlain(ours);
    expect(listenerListSchema.parse(ours)).toEqual(ours);
    expect(await answerOf('ls', ...words, '--snapshot', file)).toEqual(ours);
    expect(ours.listeners.length).toBeGreaterThan(0);
  });

  it('one port, with its connections', async () => {
    const input = { filters: [`${busy.samePort}`], all: true };
    const ours = await listListeners(input, { snapshot });
    expect(ours.listeners).toHaveLength(3);
    expect(ours.connections?.length).toBeGreaterThan(0);
    expect(listenerListSchema.parse(ours)).toEqual(ours);
    expect(await answerOf(`ls`, `${busy.samePort}`, '-a', '--snapshot', file)).toEqual(ours);
  });

  it('probes nothing of a snapshot', async () => {
    const { listeners } = await listListeners({ probe: true }, { snapshot });
    const asked = listeners.map(({ protocol }) => protocol?.status);
    expect(new Set(asked)).toEqual(new Set(['not-probed']));
  });
});

/** Every kind of target, as a function of the machine that is looked at. */
const targets: readonly (readonly [string, string, () => string])[] = [
  ['an endpoint', 'listening', () => `127.0.0.1:${busy.samePort}`],
  ['an odd spelling of it', 'listening', () => `0x7f.1:${busy.samePort}`],
  ['an IPv6 endpoint', 'listening', () => `[::1]:${busy.samePort}`],
  ['a port on every address', 'listening', () => `${busy.samePort}`],
  ['a URL', 'listening', () => `http://127.0.0.1:${busy.all4}/a?b=c`],
  ['localhost', 'listening', () => `localhost:${busy.dual}`],
  ['a UDP endpoint', 'listening', () => `udp://127.0.0.1:${busy.udp}`],
  ['a shared socket', 'listening', () => `127.0.0.1:${busy.shared}`],
  ["a connection's client", 'connected', () => `127.0.0.1:${busy.clientPort}`],
  ['a free port', 'free', () => '127.0.0.1:1'],
  ['a unix path', 'listening', () => busy.path],
  ['an abstract unix name', 'listening', () => `@${busy.abstract}`],
  ['a process', 'listening', () => `pid:${busy.pid}`],
  ['a process that there is not', 'unknown', () => 'pid:4194304'],
  ['a name', 'listening', () => 'name:busy-machine.mjs'],
  ['a name that nothing has', 'unknown', () => 'name:no-such-thing-here'],
];

describe('explain: the library and the command line give the same answer', () => {
  it.each(targets)('%s is %s', async (_, state, target) => {
    const ours = await explain(target(), { snapshot });
    expect(ours.state).toBe(state);
    expectPlain(ours);
    expect(explanationSchema.parse(ours)).toEqual(ours);
    expect(await answerOf('explain', target(), '--snapshot', file)).toEqual(ours);
  });

  it('needs no verb', async () => {
    const target = `127.0.0.1:${busy.samePort}`;
    const ours = await explain(target, { snapshot });
    expect(await answerOf(target, '--snapshot', file)).toEqual(ours);
  });
});

describe('snapshot: the library and the command line give the same document', () => {
  it('is the file, where a file stands for the machine', async () => {
    expect(await takeSnapshotOf(file)).toEqual(snapshot);
    expectPlain(snapshot);
  });

  it('can be read from the standard input', async () => {
    const text = readFileSync(file, 'utf8');
    const { out } = await runLauncher(['ls', '--json', '--snapshot', '-'], { input: text });
    expect(JSON.parse(out)).toEqual(await listListeners({}, { snapshot }));
  });

  it('of the machine itself has the same sockets, and is judged the same', async () => {
    const { code, out } = await runLauncher(['snapshot']);
    const theirs = JSON.parse(out) as Snapshot;
    expect(code).toBe(0);
    expect(Object.keys(theirs)).toEqual(Object.keys(snapshot));
    const rows = async (one: Snapshot) =>
      (await listListeners({ filters: [`pid:${busy.pid}`, 'tcp'] }, { snapshot: one })).listeners;
    expect(await rows(theirs)).toEqual(await rows(snapshot));
    expect(await rows(theirs)).not.toEqual([]);
  });
});

const takeSnapshotOf = async (path: string): Promise<unknown> => {
  const { out } = await runLauncher(['snapshot', '--snapshot', path]);
  return JSON.parse(out);
};

describe('live answers keep to the schemas', () => {
  it.each([[[]], [['--all']], [[`unix`]]])('ls %j', async (words) => {
    const answer = await answerOf('ls', ...words);
    expect(listenerListSchema.parse(answer)).toEqual(answer);
  });

  it('ls --probe, of ports of our own', async () => {
    const answer = await answerOf('ls', '--probe', `${busy.samePort}`);
    expect(listenerListSchema.parse(answer)).toEqual(answer);
  });

  it.each(targets)('explain %s', async (_, state, target) => {
    const answer = await answerOf('explain', target(), '--no-probe');
    const parsed = explanationSchema.parse(answer);
    expect(parsed).toEqual(answer);
    expect(parsed.state).toBe(state);
  });

  it('explain with what the endpoint speaks', async () => {
    const server = createServer((_, response) => response.end('<title>Hello</title>'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const answer = await answerOf(`127.0.0.1:${portOf(server)}`);
      expect(explanationSchema.parse(answer)).toEqual(answer);
      expect(answer).toMatchObject({ protocol: { status: 'identified', id: 'http1' } });
    } finally {
      server.close();
    }
  });
});

describe('why: the library and the command line give the same answer', () => {
  const refused = 'Error: connect ECONNREFUSED 127.0.0.1:1';

  it.each<[string, Parameters<typeof why>[0], readonly string[]]>([
    ['of an endpoint', { target: '127.0.0.1:1' }, ['127.0.0.1:1']],
    ['of a port', { target: '1' }, ['1']],
    ['of a message', { message: refused }, [refused]],
    [
      'of a server that can not listen',
      { message: 'listen EADDRINUSE :::1' },
      ['listen EADDRINUSE :::1'],
    ],
    [
      'of a message without an endpoint',
      { message: 'EMFILE: too many open files' },
      ['EMFILE: too many open files'],
    ],
    ['of words that tell nothing', { message: 'all is well' }, ['all is well']],
  ])('%s, on a snapshot', async (_, about, words) => {
    const ours = await why(about, { snapshot });
    expectPlain(ours);
    expect(diagnosisSchema.parse(ours)).toEqual(ours);
    const exitCode = ours.verdict === 'works' || ours.verdict === 'nothing-told' ? 0 : 1;
    const theirs = await answerWith(exitCode, 'why', ...words, '--snapshot', file);
    expect(theirs).toEqual({ ...ours, takenAt: expect.any(String) });
  });

  it('of a message alone, and nothing is looked at', async () => {
    const ours = readMessage(refused);
    expect(failureMessageSchema.parse(ours)).toEqual(ours);
    expect(await answerOf('why', '--message-only', refused)).toEqual(ours);
  });

  it('keeps to its schema on this machine, whether it works or not', async () => {
    const dead = diagnosisSchema.parse(await answerWith(1, 'why', '127.0.0.1:1'));
    expect(dead).toMatchObject({ symptom: { class: 'connection-refused', from: 'attempt' } });
    const alive = diagnosisSchema.parse(await answerOf('why', `127.0.0.1:${busy.samePort}`));
    expect(alive).toMatchObject({ verdict: 'works', attempts: [{ outcome: 'connected' }] });
  });
});

describe('doctor: the library and the command line give the same answer', () => {
  it('on a snapshot', async () => {
    const ours = await doctor({ snapshot });
    expectPlain(ours);
    expect(healthSchema.parse(ours)).toEqual(ours);
    expect(await answerWith(ours.sound ? 0 : 1, 'doctor', '--snapshot', file)).toEqual(ours);
    expect(ours.checks.length).toBeGreaterThan(0);
  });

  it('and keeps to its schema on this machine', async () => {
    const { code, out } = await runLauncher(['doctor', '--json']);
    const health = healthSchema.parse(JSON.parse(out));
    expect(code).toBe(health.sound ? 0 : 1);
  });
});

describe('wait: the library and the command line give the same answer', () => {
  it('where something answers', async () => {
    const target = `127.0.0.1:${busy.samePort}`;
    const ours = await waitFor({ target, for: 'tcp' });
    expectPlain(ours);
    expect(waitResultSchema.parse(ours)).toEqual(ours);
    const theirs = await answerOf('wait', target, '--for', 'tcp');
    expect(theirs).toEqual({ ...ours, waitedMs: expect.any(Number) });
  });

  it('where nothing does', async () => {
    const words = ['wait', '127.0.0.1:1', '--timeout', '200ms'];
    const theirs = waitResultSchema.parse(await answerWith(1, ...words));
    expect(theirs).toMatchObject({ answered: false, diagnosis: { target: { port: 1 } } });
  });
});
