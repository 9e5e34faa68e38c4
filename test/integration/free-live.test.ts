import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { free } from '../../src/index.ts';
import { freeNow, isAlive, planFor } from '../support/free-live.ts';
import { freePort } from '../support/free-port.ts';
import { connectTo, listen, portOf } from '../support/open-sockets.ts';
import { startApart, untilListening } from '../support/start-apart.ts';
import { hasPython } from '../support/start-python.ts';

const folder = join(import.meta.dirname, '../fixtures/projects/listener');

/** Starts a command whose server takes its port from PORT; resolves once it listens. */
const start = async (
  file: string,
  ...words: readonly string[]
): Promise<{ port: number; pid: number; output: () => string }> => {
  const port = await freePort();
  const { pid, output } = startApart(file, words, { cwd: folder, env: { PORT: `${port}` } });
  await untilListening(port, output);
  return { port, pid, output };
};

const node = process.execPath;
const serve = 'require("net").createServer().listen(+process.env.PORT, "127.0.0.1");';
const serveStubborn = `process.on("SIGTERM", () => {}); ${serve}`;

describe('a server of its own', () => {
  it('is ended by SIGTERM; the receipt tells how, and how to start it again', async () => {
    const { port, pid } = await start(node, 'serve.mjs');
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan).toMatchObject({
      state: 'held',
      endpoints: [`127.0.0.1:${port}`],
      owners: [{ pid, role: 'accepts', project: 'listener' }],
      refusals: [],
      restartedBy: null,
      steps: [{ verb: 'signal', pid }],
    });
    expect(receipt).toMatchObject({
      freed: true,
      heldBy: [],
      next: [],
      steps: [{ verb: 'signal', pid, outcome: 'done' }],
      processes: [
        {
          pid,
          signals: [{ signal: 'SIGTERM', delivery: 'sent' }],
          startAgain: { cwd: folder, command: expect.stringContaining('serve.mjs') },
        },
      ],
    });
    expect(receipt.provenMs).toBeGreaterThanOrEqual(2_000);
    expect(isAlive(pid)).toBe(false);
  });

  it('that ignores SIGTERM is killed after the stated time, and not before', async () => {
    const { port, pid } = await start(node, '-e', serveStubborn);
    const { receipt } = await freeNow(`${port}`, { timeoutMs: 1_200 });
    expect(receipt.freed).toBe(true);
    const [told] = receipt.processes;
    expect(told?.signals.map(({ signal }) => signal)).toEqual(['SIGTERM', 'SIGKILL']);
    expect(told?.signals[1]?.afterMs).toBeGreaterThanOrEqual(1_200);
    expect(isAlive(pid)).toBe(false);
  });

  it('tells its environment only when asked, without its secrets', async () => {
    const port = await freePort();
    const env = { PORT: `${port}`, API_TOKEN: 'sesame', MODE: 'dev' };
    const { output } = startApart(node, ['serve.mjs'], { cwd: folder, env });
    await untilListening(port, output);
    const { receipt } = await freeNow(`${port}`, { environment: true });
    expect(receipt.processes[0]?.startAgain.environment).toMatchObject({
      API_TOKEN: '***',
      MODE: 'dev',
    });
    expect(JSON.stringify(receipt)).not.toContain('sesame');
  });

  it('ends with the children that share its session', async () => {
    const child = 'require("child_process").spawn("sleep", ["300"]);';
    const { port, pid } = await start(node, '-e', `${serve}${child}`);
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan.children).toMatchObject([{ name: 'sleep' }]);
    const [sleep] = plan.children;
    expect([isAlive(pid), isAlive(sleep?.pid ?? 0)]).toEqual([false, false]);
    expect(receipt.processes.map((one) => one.endedAfterMs)).not.toContain(null);
  });

  it('that has left its parent is still found', async () => {
    const forked = `( setsid ${node} -e '${serve}' & ) & wait`;
    const { port } = await start('sh', '-c', forked);
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan.owners).toHaveLength(1);
    expect(receipt).toMatchObject({ freed: true });
  });
});

describe('who is connected', () => {
  it('is told, loses the connection, and is never signalled', async () => {
    const { port, pid } = await start(node, 'serve.mjs');
    const code = `const s = require("net").connect(${port}, "127.0.0.1", () => console.log(s.localPort));
      s.on("error", () => {}); setInterval(() => {}, 1000);`;
    const client = spawn(node, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void client.kill('SIGKILL'));
    const [printed] = (await once(client.stdout, 'data')) as [Buffer];
    const clientPort = Number(printed.toString());
    expect(await planFor(`${clientPort}`)).toMatchObject({ state: 'free', steps: [], owners: [] });
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan.cutOff).toMatchObject([{ client: { pid: client.pid, port: clientPort } }]);
    expect(receipt.processes.map((one) => one.pid)).toEqual([pid]);
    expect(receipt.freed).toBe(true);
    expect(isAlive(client.pid ?? 0)).toBe(true);
  });

  it('is no reason: a port that only clients use is free', async () => {
    const server = await listen({ port: 0, host: '127.0.0.1' });
    const { client, peer } = await connectTo(server, '127.0.0.1');
    const { localPort } = client;
    onTestFinished(() => void [client.destroy(), peer.destroy(), server.close()]);
    const plan = await planFor(`127.0.0.1:${localPort}`);
    expect(plan).toMatchObject({ state: 'free', steps: [] });
    expect(portOf(server)).not.toBe(localPort);
  });
});

describe.skipIf(!hasPython)('sockets with several holders (skipped without Python)', () => {
  it('a child with a session of its own that inherited the listener', async () => {
    const code = `import os, socket, time
s = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
os.set_inheritable(s.fileno(), True)
if os.fork() == 0:
    os.setsid()
    time.sleep(300)
while True: s.accept()`;
    const { port } = await start('python3', '-c', code);
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan.owners).toHaveLength(2);
    expect(plan.owners.map(({ role }) => role).toSorted()).toEqual(['accepts', 'holds']);
    expect(receipt.freed).toBe(true);
    expect(receipt.processes).toHaveLength(2);
    expect(plan.owners.map((owner) => isAlive(owner.pid))).toEqual([false, false]);
  });

  it('an SO_REUSEPORT group: every member', async () => {
    const code = `import os, socket, time
os.fork()
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
s.bind(("127.0.0.1", int(os.environ["PORT"])))
s.listen()
time.sleep(300)`;
    const { port } = await start('python3', '-c', code);
    await expect.poll(async () => (await planFor(`${port}`)).owners.length).toBe(2);
    const { plan, receipt } = await freeNow(`${port}`);
    expect(receipt.freed).toBe(true);
    expect(plan.owners.map((owner) => isAlive(owner.pid))).toEqual([false, false]);
  });
});

describe('what would start it again', () => {
  it('a loop: it is taken again, and who did that is told', async () => {
    const { port, pid } = await start('sh', '-c', `while true; do ${node} serve.mjs; done`);
    const { receipt } = await freeNow(`${port}`);
    expect(receipt).toMatchObject({ freed: false, heldBy: [{ isNew: true }] });
    expect(receipt.heldBy[0]?.restartedBy).toContain(`(pid ${pid})`);
    expect(receipt.next[0]?.command).toBe(`homeport free ${port} --with-parent`);
    const again = await freeNow(`${port}`, { withParent: true });
    expect(again.plan.steps[0]).toMatchObject({ verb: 'end-parent', pid });
    expect(again.receipt.freed).toBe(true);
    expect(isAlive(pid)).toBe(false);
  });

  it('a loop that waits a while: it is looked long enough to see that', async () => {
    const { port } = await start('sh', '-c', `while true; do ${node} serve.mjs; sleep 0.5; done`);
    const { plan } = await free({ targets: [`${port}`] });
    const { receipt } = await free({ targets: [`${port}`], confirm: plan?.id });
    expect(receipt).toMatchObject({ freed: false, heldBy: [{ isNew: true }] });
  });

  it('a watcher is ended first', async () => {
    const { port, pid } = await start(node, '--watch', 'serve.mjs');
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan.steps[0]).toMatchObject({
      verb: 'end-parent',
      pid,
      target: 'watcher node --watch',
    });
    expect(plan.restartedBy).toMatchObject({ id: 'watcher', stopped: true });
    expect(receipt.freed).toBe(true);
    expect(isAlive(pid)).toBe(false);
  });
});

it('frees nothing where another plan was agreed to', async () => {
  const { port, pid } = await start(node, 'serve.mjs');
  const { id } = await planFor(`${port}`);
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => (await planFor(`${port}`)).state).toBe('free');
  const second = startApart(node, ['serve.mjs'], { cwd: folder, env: { PORT: `${port}` } });
  await untilListening(port, second.output);
  await expect(free({ targets: [`${port}`], confirm: id })).rejects.toMatchObject({
    code: 'refused',
  });
  const left = connect(port, '127.0.0.1');
  await once(left, 'connect');
  left.destroy();
  expect(isAlive(second.pid)).toBe(true);
});
