import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSnapshotFile } from '../../../src/host/snapshot.ts';
import { explain } from '../../../src/operations/explain.ts';
import { listListeners } from '../../../src/operations/list-listeners.ts';
import { cliArguments, runCli } from './support/run-cli.ts';

let server: Server;
let port = 0;
let folder = '';

beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  folder = mkdtempSync(join(tmpdir(), 'homeport-cli-'));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test('ls shows a server of this process, without escape sequences in a pipe', async () => {
  const { code, out, err } = await runCli(['ls', `${port}`], { FORCE_COLOR: undefined });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    new RegExp(`^ {2}127\\.0\\.0\\.1:${port} .* ${process.pid} .*this machine`, 'm'),
  );
  expect(out).not.toContain('\x1b');
});

test('FORCE_COLOR colours a pipe', async () => {
  expect((await runCli([`ls`, `${port}`], { FORCE_COLOR: '1', NO_COLOR: '' })).out).toContain(
    '\x1b[1m127.0.0.1',
  );
});

test('a target alone is explained', async () => {
  const { code, out } = await runCli([`127.0.0.1:${port}`, '--no-probe']);
  expect(code).toBe(0);
  expect(out).toMatch(
    new RegExp(`^127\\.0\\.0\\.1:${port} is .*reachable from this machine only\\.\n`),
  );
  expect(out).toContain(`pid ${process.pid}`);
});

test('--json of ls and explain is what the library returns for the same snapshot', async () => {
  const path = join(folder, 'now.json');
  const { code, out } = await runCli(['snapshot']);
  expect(code).toBe(0);
  writeFileSync(path, out);
  const snapshot = await readSnapshotFile(path);
  const context = {
    signal: new AbortController().signal,
    now: () => Date.parse(snapshot.takenAt),
    snapshot,
  };
  const ls = await runCli(['ls', '--all', '--json', '--snapshot', path]);
  expect(JSON.parse(ls.out)).toEqual(
    JSON.parse(
      JSON.stringify(await listListeners(context, { filters: [], all: true, probe: false })),
    ),
  );
  const target = `127.0.0.1:${port}`;
  const explained = await runCli([target, '--json', '--snapshot', path]);
  expect(JSON.parse(explained.out)).toEqual(
    JSON.parse(JSON.stringify(await explain(context, { target, probe: true }))),
  );
});

test.each([
  [['127.0.0.1:99999'], 2],
  [['ls', 'usr:root'], 2],
  [['ls', '--interval', '2'], 2],
  [['ls', '--snapshot', '/nonexistent/x.json'], 2],
])('%j is refused in one line and a hint, without a stack', async (argv, expected) => {
  const { code, out, err } = await runCli(argv);
  expect({ code, out }).toEqual({ code: expected, out: '' });
  expect(err).toMatch(/^homeport: [^\n]+\n(hint: [^\n]+\n)?$/);
});

test('a process that names itself with escape sequences moves nothing', async () => {
  const script = `process.title = 'a) S 1 \\n\\x1b]0;pw\\x07\\u202e';
    require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) });`;
  const child = spawn(process.execPath, ['--eval', script, '\x1b[2J\u202e'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [chunk] = await once(child.stdout, 'data');
    const hostile = String(chunk).trim();
    for (const argv of [
      ['ls', hostile],
      [hostile, '-v', '--no-probe'],
      ['ls', hostile, '--json'],
    ]) {
      const { code, out } = await runCli(argv);
      expect(code).toBe(0);
      expect(out).toContain(String(child.pid));
      expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    }
  } finally {
    child.kill();
    await once(child, 'close');
  }
});

test('a snapshot is read from standard input too', async () => {
  const run = promisify(execFile);
  const command = (...argv: string[]): string =>
    [process.execPath, ...cliArguments(...argv)]
      .map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`)
      .join(' ');
  const pipe = `${command('snapshot')} | ${command('ls', '--snapshot', '-', `${port}`)}`;
  const { stdout } = await run('bash', ['-c', pipe]);
  expect(stdout).toContain(`127.0.0.1:${port}`);
});

test('a lone word that nothing is called by and that is near a verb is refused', async () => {
  const { code, err } = await runCli(['lss']);
  expect({ code, err }).toEqual({
    code: 2,
    err: 'homeport: no verb is called lss\nhint: did you mean homeport ls?\n',
  });
});

test('a reader that ends early ends it quietly', async () => {
  const run = promisify(execFile);
  const command = [process.execPath, ...cliArguments('snapshot')];
  const quoted = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  const { stdout, stderr } = await run('bash', [
    '-c',
    `${quoted} | true; echo "\${PIPESTATUS[0]}"`,
  ]);
  expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
});

test('--json-stream prints the first look, then what comes, and ends with 0 on Ctrl-C', async () => {
  const child = spawn(process.execPath, cliArguments('ls', '--json-stream', '--interval', '0.1'), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? '');
  expect(await read()).toMatchObject({ appeared: [], vanished: [] });
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const expected =
    typeof address === 'object' && address !== null ? ` 127.0.0.1 ${address.port} ` : '';
  for (let frame = await read(); !JSON.stringify(frame).includes(expected); frame = await read());
  other.close();
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
});
