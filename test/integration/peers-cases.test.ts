import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain, isKnown, type Listener, listListeners } from '../../src/index.ts';
import type { InetListener } from '../../src/model/listener.ts';
import { type BusyMachine, startBusyMachine } from '../support/busy-machine.ts';
import { isRoot } from '../support/launcher.ts';

let busy: BusyMachine;

beforeAll(async () => {
  busy = await startBusyMachine();
});

afterAll(() => busy.stop());

const inet = async (port: number): Promise<readonly InetListener[]> => {
  const { listeners } = await listListeners({ filters: [String(port)] });
  return listeners.filter((one: Listener): one is InetListener => one.transport !== 'unix');
};

const quiet = { probe: false } as const;

describe('cases that other tools get wrong', () => {
  it('shows the same port on three addresses as three rows', async () => {
    const rows = await inet(busy.samePort);
    expect(rows.map((row) => row.address).sort()).toEqual(['127.0.0.1', '127.0.0.2', '::1']);
  });

  it('tells a dual-stack wildcard from an IPv6-only and an IPv4 one', async () => {
    const [dual] = await inet(busy.dual);
    const [only6] = await inet(busy.only6);
    const [all4] = await inet(busy.all4);
    expect([dual?.address, dual?.v6only]).toEqual(['::', false]);
    expect([only6?.address, only6?.v6only]).toEqual(['::', true]);
    expect([all4?.address, all4?.v6only]).toEqual(['0.0.0.0', null]);
  });

  it('finds a dual-stack listener when asked for an IPv4 address, and no IPv6-only one', async () => {
    const dual = await explain(`127.0.0.1:${busy.dual}`, quiet);
    const only6 = await explain(`127.0.0.1:${busy.only6}`, quiet);
    expect([dual.state, dual.listeners.length]).toEqual(['listening', 1]);
    expect([only6.state, only6.listeners.length]).toEqual(['free', 0]);
  });

  it('pairs both ends of a connection over an IPv4-mapped address', async () => {
    const { connections } = await explain(`127.0.0.1:${busy.dual}`, quiet);
    expect(connections).toHaveLength(1);
    expect([connections[0]?.client.pid, connections[0]?.server.pid]).toEqual([busy.pid, busy.pid]);
    expect(connections[0]?.server.port).toBe(busy.dual);
  });

  it("never blames a client for its local port, and shows it as the client's end", async () => {
    const { state, listeners, connections } = await explain(`127.0.0.1:${busy.clientPort}`, quiet);
    expect([state, listeners.length]).toEqual(['connected', 0]);
    expect(connections[0]?.client.port).toBe(busy.clientPort);
    expect(connections[0]?.server.port).toBe(busy.samePort);
    expect(await inet(busy.clientPort)).toEqual([]);
  });

  it('lists a child that inherited the descriptor, and names the one that accepts', async () => {
    const [row] = await inet(busy.shared);
    const owners = row !== undefined && isKnown(row.owners) ? row.owners : [];
    expect(owners.map(({ pid, role }) => [pid, role])).toEqual([
      [busy.pid, 'accepts'],
      [busy.heir, 'holds'],
    ]);
    expect(owners[0]?.evidence.join()).toMatch(/epoll/);
  });

  it('does not take a longer port for a shorter one, nor a pid for a port', async () => {
    const short = Number(String(busy.samePort).slice(1));
    expect((await inet(short)).filter((row) => row.port !== short)).toEqual([]);
    const { target } = await explain('13', quiet);
    expect(target).toMatchObject({ kind: 'endpoint', port: 13 });
  });

  it('tells UDP sockets with a peer from those that wait for anybody', async () => {
    const [waiting] = await inet(busy.udp);
    expect([waiting?.transport, waiting?.connectionCount]).toEqual(['udp', 0]);
    expect(await inet(busy.udpClient)).toEqual([]);
    const { connections } = await explain(`udp://127.0.0.1:${busy.udpClient}`, quiet);
    expect(connections[0]?.transport).toBe('udp');
  });

  it('names unix and abstract sockets, spaces and all', async () => {
    const { listeners } = await listListeners({ filters: ['unix', `pid:${busy.pid}`] });
    const names = listeners.map((one) =>
      one.transport === 'unix' ? (one.path ?? one.abstract) : '',
    );
    expect(names).toContain(busy.path);
    expect(names.some((name) => name?.startsWith(busy.abstract))).toBe(true);
    const { owner } = await explain(busy.path, quiet);
    expect(owner).toMatchObject({ process: { pid: busy.pid } });
  });

  it('shows TIME_WAIT as closing, held by no process', async () => {
    const { connections = [] } = await listListeners({ all: true });
    for (const { state, server } of connections.filter((one) => one.state === 'time-wait')) {
      expect([state, isKnown(server.pid)]).toEqual(['time-wait', false]);
    }
  });
});

describe('hostile and odd process names', () => {
  const children: ChildProcess[] = [];

  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  const serveAs = async (title: string): Promise<{ pid: number; port: number }> => {
    const code = `process.title = ${JSON.stringify(title)};
      require('node:net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const port = await new Promise<number>((resolve) =>
      child.stdout?.once('data', (bytes: Buffer) => resolve(Number(bytes.toString()))),
    );
    return { pid: child.pid ?? 0, port };
  };

  it.each([
    ['next-server (v16.0.1)'],
    ['a) S 1 (b'],
    ['two words'],
    ['line\nbreak'],
    ['\u001b]0;pw\u0007escape'],
  ])('finds the owner that calls itself %j', async (title) => {
    const { pid, port } = await serveAs(title);
    const answer = await explain(`127.0.0.1:${port}`, quiet);
    expect(answer.owner).toMatchObject({ process: { pid, ppid: process.pid } });
  });
});

describe.skipIf(!isRoot)('what only root can arrange (skipped without root)', () => {
  const children: ChildProcess[] = [];

  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  it("keeps a container's 127.0.0.1 apart from this machine's", async () => {
    const code = `require('node:net').createServer().listen(49399, '127.0.0.1', () => console.log('up'))`;
    const script = `ip link set lo up && exec "$0" -e "$1"`;
    const child = spawn('unshare', ['--net', 'sh', '-c', script, process.execPath, code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const { listeners } = await listListeners({ filters: ['49399'] });
    expect(listeners).toHaveLength(1);
    expect(listeners[0]?.namespace).toMatch(/^net:\[\d+\]$/);
    expect(listeners[0]?.exposure.level).toBe('this-container');
    const here = await explain('127.0.0.1:49399', quiet);
    expect([here.state, here.listeners]).toEqual(['free', []]);
  });
});
