import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { launcher } from '../support/launcher.ts';

type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };

/** An installation of its own, with a launcher and whatever a test puts beside it. */
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homeport-launcher-'));
  write('package.json', JSON.stringify({ name: 'homeport', type: 'module', version: '9.8.7' }));
  mkdirSync(join(folder, 'bin'));
  for (const name of ['homeport.js', 'package.json']) {
    copyFileSync(join(launcher, '..', name), join(folder, 'bin', name));
  }
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string): string => {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
};

/** Makes Node say that it is another version, before the launcher asks. */
const pretend = (version: string): string[] => {
  const text = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  return ['--require', write('pretend.cjs', text)];
};

const start = (
  words: readonly string[],
  { node = [], env = {} }: { node?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): ChildProcess =>
  spawn(process.execPath, [...node, join(folder, 'bin/homeport.js'), ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const ended = async (child: ChildProcess): Promise<Ended> => {
  const result: Ended = { code: null, signal: null, out: '', err: '' };
  child.stdout?.on('data', (chunk) => (result.out += chunk));
  child.stderr?.on('data', (chunk) => (result.err += chunk));
  const [code, signal] = await once(child, 'close');
  return { ...result, code, signal };
};

const launch = (...args: Parameters<typeof start>): Promise<Ended> => ended(start(...args));

/** Stands in for the newer Node of the checkout: a script that does what `body` says. */
const bringNode = (body: string): void => {
  const name = `node-${process.platform}-${process.arch}`;
  chmodSync(write(`node_modules/${name}/bin/node`, `#!/bin/sh\n${body}\n`), 0o755);
};

describe('the launcher', () => {
  it('tells the version of the package without a build', async () => {
    expect(await launch(['--version'])).toMatchObject({ code: 0, out: '9.8.7\n', err: '' });
  });

  it('tells the version on a Node that is too old for anything else', async () => {
    expect(await launch(['--version'], { node: pretend('18.0.0') })).toMatchObject({
      out: '9.8.7\n',
    });
  });

  it("hands the words to the CLI and ends with the CLI's exit code", async () => {
    write('dist/cli.cjs', 'exports.main = async (argv) => (console.log(argv.join()), 3);');
    expect(await launch(['ls', '--version'])).toMatchObject({ code: 3, out: 'ls,--version\n' });
  });

  it('says in one line that a checkout is not built yet', async () => {
    write('src/index.ts', '');
    const err = 'homeport: not built yet: run `npm start` in the checkout once\n';
    expect(await launch(['ls'])).toMatchObject({ code: 70, out: '', err });
  });

  it('says in one line that an installation is broken', async () => {
    const err = 'homeport: dist/cli.cjs is missing: install homeport again\n';
    expect(await launch(['ls'])).toMatchObject({ code: 70, out: '', err });
  });

  it('shows one line of a fault, and its stack when asked', async () => {
    write('dist/cli.cjs', "exports.main = async () => { throw new Error('oh dear'); };");
    expect(await launch([])).toMatchObject({ code: 70, err: 'homeport: oh dear\n' });
    const { err } = await launch([], { env: { HOMEPORT_DEBUG: '1' } });
    expect(err).toMatch(/Error: oh dear\n\s+at exports\.main/);
  });

  it.each([
    ['can be written', () => join(folder, 'cache')],
    ['can not be', () => '/proc/nowhere'],
  ])('starts with a cache folder that %s', async (_, cache) => {
    write('dist/cli.cjs', 'exports.main = async () => 0;');
    const env = { XDG_CACHE_HOME: cache() };
    expect(await launch([], { env })).toMatchObject({ code: 0, out: '', err: '' });
  });
});

describe('the launcher on a Node that is too old', () => {
  it.each(['18.19.0', '20.20.2', '22.12.0'])('hands over from %s', async (version) => {
    bringNode('echo "$@"; exit 5');
    const { code, out } = await launch(['ls', 'a b'], { node: pretend(version) });
    expect(out).toBe(`${join(folder, 'bin/homeport.js')} ls a b\n`);
    expect(code).toBe(5);
  });

  it.each(['22.13.0', '24.0.0', '26.1.0'])('does not from %s', async (version) => {
    bringNode('exit 5');
    write('dist/cli.cjs', 'exports.main = async () => 0;');
    expect(await launch(['ls'], { node: pretend(version) })).toMatchObject({ code: 0 });
  });

  it('ends by the signal that ended the newer one', async () => {
    bringNode('kill -KILL $$');
    expect(await launch([], { node: pretend('20.0.0') })).toMatchObject({ signal: 'SIGKILL' });
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('passes %s on', async (signal) => {
    bringNode(
      "trap 'echo got it; exit 6' TERM INT HUP; echo ready; for n in $(seq 200); do sleep 0.05; done",
    );
    const child = start([], { node: pretend('20.0.0') });
    child.stdout?.once('data', () => child.kill(signal));
    expect(await ended(child)).toMatchObject({ code: 6, out: 'ready\ngot it\n' });
  });

  it('says which Node is needed, which this is and how to get one, where it has none', async () => {
    const { code, out, err } = await launch(['ls'], { node: pretend('20.0.0') });
    expect({ code, out }).toEqual({ code: 70, out: '' });
    expect(err).toMatch(/^homeport: Node 22\.13 or newer is needed, this is 20\.0\.0: .+\n$/);
  });
});

it('is the version of package.json', async () => {
  const child = spawn(process.execPath, [launcher, '--version'], { stdio: 'pipe' });
  expect(await ended(child)).toMatchObject({ out: `${manifest.version}\n` });
});
