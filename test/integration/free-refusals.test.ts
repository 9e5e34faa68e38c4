import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { free } from '../../src/index.ts';
import { freeNow, isAlive, planFor } from '../support/free-live.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { listen, portOf } from '../support/open-sockets.ts';
import { runLauncher } from '../support/run-launcher.ts';
import { startApart, untilListening } from '../support/start-apart.ts';

const folder = join(import.meta.dirname, '../fixtures/projects/listener');
const node = process.execPath;

describe('what is refused without force', () => {
  it('ourselves', async () => {
    const server = await listen({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => void server.close());
    const plan = await planFor(`${portOf(server)}`);
    expect(plan.refusals).toMatchObject([{ id: 'ourselves', pid: process.pid }]);
    await expect(free({ targets: [`${portOf(server)}`], confirm: plan.id })).rejects.toMatchObject({
      code: 'refused',
      hint: '--force does it all the same',
    });
  });

  it('what Homeport was started from: exit code 4, and nothing happens', async () => {
    const server = await listen({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => void server.close());
    const words = ['free', `${portOf(server)}`, '--json'];
    const dry = await runLauncher([...words, '--dry-run']);
    expect(dry.code).toBe(4);
    expect(JSON.parse(dry.out)).toMatchObject({
      plan: { refusals: [{ id: 'ancestor', pid: process.pid }] },
      receipt: null,
    });
    const { code, err } = await runLauncher([...words, '--yes']);
    expect(code).toBe(4);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'refused' } });
    expect(server.listening).toBe(true);
  });

  it.skipIf(!isRoot)("another user's process (skipped without root)", async () => {
    const port = await freePort();
    const words = ['--reuid', '65534', '--regid', '65534', '--clear-groups', node, '-e'];
    const serve = `require("net").createServer().listen(${port}, "127.0.0.1")`;
    const { pid, output } = startApart('setpriv', [...words, serve]);
    await untilListening(port, output);
    const plan = await planFor(`${port}`);
    expect(plan.refusals).toMatchObject([{ id: 'other-user', pid }]);
    const { code } = await runLauncher(['free', `${port}`, '--yes']);
    expect(code).toBe(4);
    expect(isAlive(pid)).toBe(true);
    const { receipt } = await freeNow(`${port}`, { force: true });
    expect(receipt.freed).toBe(true);
    expect(isAlive(pid)).toBe(false);
  });

  it.skipIf(!isRoot)('what listens in another namespace (skipped without root)', async () => {
    const serve = 'require("net").createServer().listen(45_123, "0.0.0.0", () => console.log(1))';
    const child = spawn('unshare', ['--net', node, '-e', serve], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    const plan = await planFor('45123');
    expect(plan).toMatchObject({ owners: [], steps: [], refusals: [{ id: 'other-namespace' }] });
    expect(isAlive(child.pid ?? 0)).toBe(true);
    const { code } = await runLauncher(['free', '45123', '--yes']);
    expect(code).toBe(4);
  });
});

describe('the command line', () => {
  const start = async () => {
    const port = await freePort();
    const { pid, output } = startApart(node, ['serve.mjs'], {
      cwd: folder,
      env: { PORT: `${port}` },
    });
    await untilListening(port, output);
    return { port, pid };
  };

  it('without a terminal asks nobody: the plan, and exit code 4', async () => {
    const { port, pid } = await start();
    const { code, out, err } = await runLauncher(['free', `${port}`]);
    expect(code).toBe(4);
    expect(out).toContain(`127.0.0.1:${port} is held by serve.mjs (pid ${pid}) of listener.`);
    expect(err).toContain('nothing was changed');
    const json = await runLauncher(['free', `${port}`, '--json']);
    expect(json.code).toBe(4);
    expect(JSON.parse(json.out)).toMatchObject({ plan: { steps: [{ pid }] }, receipt: null });
    expect(isAlive(pid)).toBe(true);
  });

  it('--dry-run does nothing, even with --yes', async () => {
    const { port, pid } = await start();
    const { code, err } = await runLauncher(['free', `${port}`, '--dry-run', '--yes']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(isAlive(pid)).toBe(true);
  });

  it('--yes stops it and proves it; a free port has nothing to be done', async () => {
    const { port, pid } = await start();
    const { code, out, err } = await runLauncher(['free', `${port}`, '--yes']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('It is free: nobody listens, and still nobody 2.');
    expect(isAlive(pid)).toBe(false);
    const again = await runLauncher(['free', `${port}`]);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('nobody listens there');
  });

  it('ends with 1 where it is taken again', async () => {
    const port = await freePort();
    const loop = `while true; do ${node} serve.mjs; done`;
    const { output } = startApart('sh', ['-c', loop], { cwd: folder, env: { PORT: `${port}` } });
    await untilListening(port, output);
    const { code, out } = await runLauncher(['free', `${port}`, '--yes']);
    expect(code).toBe(1);
    expect(out).toContain('It is taken again.');
    expect(out).toContain(`homeport free ${port} --with-parent`);
  });

  it.each([
    [['free']],
    [['free', '0']],
    [['free', '127.0.0.1:99999']],
    [['free', '3000', '--orphans']],
    [['free', '3000', '--timeout', 'soon']],
    [['close', '127.0.0.1:1']],
    [['close', 'a', 'b']],
    [['close', '127.0.0.1:1-127.0.0.1:0']],
  ])('%j is not valid: exit code 2', async (words) => {
    const { code, out, err } = await runLauncher(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^homeport: [^\n]+\n(hint: [^\n]+\n)?$/);
  });
});
