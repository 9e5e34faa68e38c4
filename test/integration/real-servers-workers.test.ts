import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { explain, isKnown, type Listener, listListeners } from '../../src/index.ts';
import type { OwnerReference } from '../../src/model/listener.ts';
import { freePort } from '../support/free-port.ts';

const clusterFile = join(import.meta.dirname, '../fixtures/projects/listener/cluster.mjs');

/** Runs a program of Node's that prints one line once it listens; ended after the test. */
const startNode = async (
  words: readonly string[],
): Promise<{ child: ChildProcess; line: string }> => {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [bytes] = await once(child.stdout, 'data');
  return { child, line: String(bytes).trim() };
};

const onlyListener = async (port: number): Promise<Listener> => {
  const { listeners } = await explain(`127.0.0.1:${port}`, { probe: false });
  const [listener] = listeners;
  if (listener === undefined || listeners.length > 1) throw new Error('not one listener');
  return listener;
};

const ownersOf = ({ owners }: Listener): readonly OwnerReference[] =>
  isKnown(owners) ? owners : [];

describe('workers that share a port', () => {
  it('SO_REUSEPORT: one row, every worker accepts, each by a socket of its own', async () => {
    const port = await freePort();
    const code = `require('node:net').createServer()
      .listen({ host: '127.0.0.1', port: ${port}, reusePort: true, backlog: 32 }, () => console.log('up'))`;
    const workers = await Promise.all([1, 2, 3].map(() => startNode(['-e', code])));
    const pids = workers.map(({ child }) => child.pid ?? 0);
    const row = await onlyListener(port);
    expect(row.sockets).toHaveLength(3);
    expect(new Set(ownersOf(row).map(({ pid }) => pid))).toEqual(new Set(pids));
    expect(ownersOf(row).map(({ role }) => role)).toEqual(['accepts', 'accepts', 'accepts']);
    expect(row.queue).toEqual({ length: 0, limit: 96 });
    const { listeners } = await listListeners({ filters: [`${port}`] });
    expect(listeners.map(({ sockets }) => sockets.length)).toEqual([3]);
  });

  const startCluster = async (policy: 'SCHED_NONE' | 'SCHED_RR') => {
    const port = await freePort();
    const { child, line } = await startNode([clusterFile, `${port}`, policy]);
    return { port, primary: child.pid ?? 0, workers: JSON.parse(line) as number[] };
  };

  it('a cluster with a shared handle: the workers accept, the primary only holds', async () => {
    const { port, primary, workers } = await startCluster('SCHED_NONE');
    const row = await onlyListener(port);
    expect(row.sockets).toHaveLength(1);
    const roles = new Map(ownersOf(row).map(({ pid, role }) => [pid, role]));
    expect(roles).toEqual(
      new Map([...workers.map((pid) => [pid, 'accepts'] as const), [primary, 'holds'] as const]),
    );
  });

  it('a cluster that deals connections out: the primary accepts, a worker has the connection', async () => {
    const { port, primary, workers } = await startCluster('SCHED_RR');
    const row = await onlyListener(port);
    expect(ownersOf(row)).toMatchObject([{ pid: primary, role: 'accepts' }]);
    const client = connect(port, '127.0.0.1');
    onTestFinished(() => void client.destroy());
    await once(client, 'connect');
    const serverPid = async () =>
      (await explain(`127.0.0.1:${port}`, { probe: false })).connections[0]?.server.pid;
    await expect.poll(async () => workers.includes(Number(await serverPid()))).toBe(true);
  });
});
