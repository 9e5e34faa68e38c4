import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openFfi } from '../../src/host/linux/ffi.ts';
import { scanHoldersNatively } from '../../src/host/linux/holder-scan-native.ts';
import { scanHoldersPlainly } from '../../src/host/linux/holder-scan-plain.ts';
import { readHolders } from '../../src/host/linux/holders.ts';
import { readSockets } from '../../src/host/linux/sockets.ts';
import type { Holder } from '../../src/model/snapshot.ts';
import type { Socket } from '../../src/model/socket.ts';
import { listen, portOf } from '../support/open-sockets.ts';
import { hasPython, startPython, type RunningPython } from '../support/start-python.ts';

/** The number of exit(2), which ends one thread alone (syscalls(2)). */
const exitOfThread = process.arch === 'x64' ? 60 : 93;

const listeners = (): readonly Socket[] =>
  readSockets('/proc', { unix: false, states: 'listening', otherNamespaces: false }).sockets;

const inodesOf = (port: number): readonly number[] =>
  listeners()
    .filter((socket) => socket.transport === 'tcp' && socket.local.port === port)
    .map(({ inode }) => inode);

const holdersOf = (inode: number | undefined): readonly Holder[] =>
  inode === undefined ? [] : (readHolders('/proc', new Set([inode])).holders.get(inode) ?? []);

const isRoot = process.getuid?.() === 0;
const rootAlone = '(skipped without root: the kernel shows others nothing of such a process)';

describe.skipIf(!hasPython)('holders of real sockets (skipped without python3)', () => {
  let running: RunningPython[] = [];
  let servers: Server[] = [];

  afterEach(async () => {
    await Promise.all(running.map((program) => program.stop()));
    servers.forEach((server) => server.close());
    running = [];
    servers = [];
  });

  const start = async (program: string): Promise<RunningPython> => {
    const started = await startPython(program);
    running.push(started);
    return started;
  };

  it('are the one process that opened it', async () => {
    const server = await listen({ host: '127.0.0.1', port: 0 });
    servers.push(server);
    const holders = holdersOf(inodesOf(portOf(server))[0]);
    expect(holders.map(({ pid, accepting }) => [pid, accepting])).toEqual([[process.pid, null]]);
    expect(holders[0]?.fds).toHaveLength(1);
  });

  it('name every descriptor of a process', async () => {
    const twice = await start(`
import os, socket, sys
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(1)
print(server.getsockname()[1], server.fileno(), os.dup(server.fileno()), flush=True)
sys.stdin.read()`);
    const [port = 0, ...fds] = twice.first.split(' ').map(Number);
    expect(holdersOf(inodesOf(port)[0])).toEqual([{ pid: twice.pid, fds, accepting: null }]);
  });

  it('are asked for by inode: others are left out', async () => {
    servers = [
      await listen({ host: '127.0.0.1', port: 0 }),
      await listen({ host: '127.0.0.1', port: 0 }),
    ];
    const [wanted = 0] = servers.flatMap((server) => inodesOf(portOf(server)));
    expect([...readHolders('/proc', new Set([wanted])).holders.keys()]).toEqual([wanted]);
    expect(readHolders('/proc', new Set()).holders.size).toBe(0);
  });

  it('include a child that inherited the descriptor and only keeps it', async () => {
    const parent = await start(`
import select, socket, subprocess, sys
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(1)
epoll = select.epoll(); epoll.register(server, select.EPOLLIN)
child = subprocess.Popen(['sleep', '60'], pass_fds=[server.fileno()])
print(server.getsockname()[1], child.pid, server.fileno(), epoll.fileno(), flush=True)
sys.stdin.read()
child.kill()
child.wait()`);
    const [port = 0, child, fd, epollFd] = parent.first.split(' ').map(Number);
    expect(holdersOf(inodesOf(port)[0])).toEqual([
      { pid: parent.pid, fds: [fd], accepting: { kind: 'epoll', epollFd, fd } },
      { pid: child, fds: [fd], accepting: null },
    ]);
  });

  it.skipIf(!isRoot)(`are found though their main thread has ended ${rootAlone}`, async () => {
    const headless = await start(`
import ctypes, os, socket, sys, threading
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(1)
def stay():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=stay).start()
print(server.getsockname()[1], server.fileno(), flush=True)
ctypes.CDLL(None).syscall(${exitOfThread}, 0)`);
    const [port = 0, fd] = headless.first.split(' ').map(Number);
    const state = (): string => readFileSync(`/proc/${headless.pid}/stat`, 'latin1');
    while (!/\) Z /.test(state())) await new Promise((resolve) => setTimeout(resolve, 5));
    const [inode = 0] = inodesOf(port);
    const found = {
      holders: new Map([[inode, [{ pid: headless.pid, fds: [fd], accepting: null }]]]),
    };
    expect(readHolders('/proc', new Set([inode]))).toMatchObject(found);
    const plain = scanHoldersPlainly('/proc', new Set([inode]));
    expect(plain.empty).toContain(headless.pid);
  });

  it('show which process of several blocks in accept, in any of its threads', async () => {
    const pair = await start(`
import os, socket, sys, threading, time
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(1)
child = os.fork()
if child == 0:
    threading.Thread(target=server.accept, daemon=True).start()
    time.sleep(60)
time.sleep(0.3)
print(server.getsockname()[1], child, server.fileno(), flush=True)
sys.stdin.read()
os.kill(child, 9)
os.waitpid(child, 0)`);
    const [port = 0, child, fd] = pair.first.split(' ').map(Number);
    expect(holdersOf(inodesOf(port)[0])).toEqual([
      { pid: pair.pid, fds: [fd], accepting: null },
      { pid: child, fds: [fd], accepting: { kind: 'accept', fd } },
    ]);
  });

  it('show which process of several watches the socket by epoll', async () => {
    const pair = await start(`
import os, select, socket, sys, time
server = socket.socket(); server.bind(('127.0.0.1', 0)); server.listen(1)
read, write = os.pipe()
child = os.fork()
if child == 0:
    epoll = select.epoll(); epoll.register(server, select.EPOLLIN)
    os.write(write, str(epoll.fileno()).encode())
    time.sleep(60)
print(server.getsockname()[1], child, server.fileno(), os.read(read, 9).decode(), flush=True)
sys.stdin.read()
os.kill(child, 9)
os.waitpid(child, 0)`);
    const [port = 0, child, fd, epollFd] = pair.first.split(' ').map(Number);
    expect(holdersOf(inodesOf(port)[0]).map(({ pid, accepting }) => [pid, accepting])).toEqual([
      [pair.pid, null],
      [child, { kind: 'epoll', epollFd, fd }],
    ]);
  });

  it('are one each for the sockets of an SO_REUSEPORT group', async () => {
    const worker = (port: number): string => `
import socket, sys
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
server.bind(('127.0.0.1', ${port})); server.listen(1)
print(server.getsockname()[1], flush=True)
sys.stdin.read()`;
    const port = Number((await start(worker(0))).first);
    await start(worker(port));
    const inodes = inodesOf(port);
    expect(inodes).toHaveLength(2);
    const { holders } = readHolders('/proc', new Set(inodes));
    const pids = inodes.map((inode) => holders.get(inode)?.map(({ pid }) => pid));
    expect(new Set(pids.flat())).toEqual(new Set(running.map(({ pid }) => pid)));
    expect(pids.flat()).toHaveLength(2);
  });

  it('are found alike by libc and by plain files', async () => {
    const ffi = openFfi();
    if (ffi === null) throw new Error('koffi did not load');
    await start(`
import os, socket, sys
servers = [socket.socket() for _ in range(40)]
for server in servers: server.bind(('127.0.0.1', 0)); server.listen(1); os.dup(server.fileno())
print('open', flush=True)
sys.stdin.read()`);
    const wanted = new Set(listeners().map(({ inode }) => inode));
    const natively = scanHoldersNatively(ffi, '/proc', wanted);
    const plainly = scanHoldersPlainly('/proc', wanted);
    const own = (scan: typeof natively): unknown =>
      [...scan.table].filter(([, holders]) => holders.some(({ pid }) => pid === running[0]?.pid));
    expect(own(natively)).toHaveLength(40);
    expect(own(plainly)).toEqual(own(natively));
    expect(plainly.unreadableProcesses).toBe(natively.unreadableProcesses);
    expect(plainly.epolls.get(process.pid)).toEqual(natively.epolls.get(process.pid));
  });
});

describe('holders of a recorded /proc', () => {
  let root = '';

  const addProcess = (pid: number, links: Readonly<Record<number, string>>): void => {
    mkdirSync(join(root, `${pid}`, 'fd'), { recursive: true });
    for (const [fd, link] of Object.entries(links))
      symlinkSync(link, join(root, `${pid}`, 'fd', fd));
  };

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'homeport-proc-'));
    addProcess(1, { 0: '/dev/null', 9: 'socket:[77]' });
    addProcess(20, { 3: 'socket:[77]', 4: 'anon_inode:[eventpoll]', 12: 'socket:[78]' });
    addProcess(3, { 1: 'socket:[77]suffix', 2: 'pipe:[77]', 10: 'socket:[77]', 11: 'socket:[77]' });
    mkdirSync(join(root, '20', 'fdinfo'));
    const set = 'pos:\t0\ntfd:        8 events:       19 data: 8  pos:0 ino:4d sdev:8\n';
    writeFileSync(join(root, '20', 'fdinfo', '4'), set);
    mkdirSync(join(root, '5'));
    writeFileSync(join(root, 'stat'), 'btime 1\n');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('are in order of pids and descriptors, with what the epoll sets show', () => {
    const { holders, unreadableProcesses, problems } = readHolders(root, new Set([77, 78]));
    expect([...holders]).toEqual([
      [
        77,
        [
          { pid: 1, fds: [9], accepting: null },
          { pid: 3, fds: [10, 11], accepting: null },
          { pid: 20, fds: [3], accepting: { kind: 'epoll', epollFd: 4, fd: 8 } },
        ],
      ],
      [78, [{ pid: 20, fds: [12], accepting: null }]],
    ]);
    expect({ unreadableProcesses, problems }).toEqual({ unreadableProcesses: 0, problems: [] });
  });

  it('are a problem where there is no list of processes', () => {
    const { holders, problems } = readHolders(join(root, 'none'), new Set([77]));
    expect(holders.size).toBe(0);
    expect(problems.map(({ id }) => id)).toEqual(['holders-unreadable']);
  });
});
