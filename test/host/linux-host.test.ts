import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { linuxHost } from '../../src/host/linux/linux-host.ts';
import { kernelRoot } from '../../src/host/linux/root.ts';
import { takeSnapshot } from '../../src/host/snapshot.ts';

const never = new AbortController().signal;
const proc = fileURLToPath(new URL('../fixtures/machine-basic/proc', import.meta.url));
const fake = () => linuxHost(kernelRoot({ HOMEPORT_PROC: proc }));
const everything = {
  states: 'all',
  unix: true,
  otherNamespaces: true,
  holdersOf: 'all',
  detail: 'full',
  network: { destinations: [] },
} as const;

describe('a folder that stands for a machine', () => {
  it('gives the whole snapshot', async () => {
    const snapshot = await takeSnapshot(fake(), everything, never, () => 1_795_270_000_000);
    const { machine, ...rest } = snapshot;
    expect({ ...rest, machine: { ...machine, uid: 'ours' } }).toMatchSnapshot();
  });

  it('never shows a variable that may be a secret', async () => {
    const snapshot = await takeSnapshot(fake(), everything, never, Date.now);
    expect(JSON.stringify(snapshot)).not.toContain('must-never-be-shown');
  });

  it('has nothing of the real machine beside it', async () => {
    const host = fake();
    expect(host.pids()).not.toContain(process.pid);
    expect(host.userName(1000)).toBe('ann');
    expect(await host.containers(never)).toEqual({ containers: [], problems: [] });
    expect(host.project('/home/ann/shop/web/src')).toMatchObject({ unknown: 'gone' });
    expect(host.project('/home/ann/shop')).toMatchObject({ root: '/home/ann/shop' });
  });
});

describe('a container that an engine tells of', () => {
  it('has a main process only where that is in its cgroup here', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'machine-'));
    const [inside, outside] = ['a'.repeat(64), 'b'.repeat(64)];
    for (const path of ['proc/77', 'run']) mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, 'proc/stat'), 'btime 1795255200\n');
    writeFileSync(join(folder, 'proc/77/cgroup'), `0::/system.slice/docker-${inside}.scope\n`);
    const engine = createHttpServer(({ url }, response) => {
      const list = [{ Id: inside }, { Id: outside }];
      response.end(JSON.stringify(url === '/containers/json' ? list : { State: { Pid: 77 } }));
    });
    await new Promise<void>((resolve) => engine.listen(join(folder, 'run/docker.sock'), resolve));
    try {
      const host = linuxHost(kernelRoot({ HOMEPORT_PROC: join(folder, 'proc') }));
      const { containers } = await host.containers(never, { pids: true });
      expect(containers).toMatchObject([
        { id: inside, pid: 77 },
        { id: outside, pid: { unknown: 'other-namespace' } },
      ]);
    } finally {
      await new Promise((resolve) => engine.close(resolve));
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the real machine', () => {
  it('shows our own listener with its process and project', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    try {
      const query = { ...everything, states: 'connected', detail: 'brief' } as const;
      const snapshot = await takeSnapshot(linuxHost(), query, never, Date.now);
      const socket = snapshot.sockets.find(
        (one) =>
          one.transport === 'tcp' &&
          one.namespace === 'this' &&
          one.state === 'listen' &&
          one.local.address === '127.0.0.1' &&
          one.local.port === port,
      );
      expect(snapshot.holders[socket?.inode ?? 0]).toMatchObject([{ pid: process.pid }]);
      const pids = snapshot.processes.map(({ pid }) => pid);
      expect(pids).toEqual(expect.arrayContaining([process.pid, process.ppid, 1]));
      expect(snapshot.projects[process.cwd()]).toMatchObject({ manifest: { name: 'homeport' } });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('remembers a project', () => {
    const host = linuxHost();
    const first = host.project(process.cwd(), process.pid);
    expect(first).toMatchObject({ root: process.cwd() });
    expect(host.project(process.cwd())).toBe(first);
  });
});

const isRoot = process.getuid?.() === 0;
describe.skipIf(!isRoot)('as root, a process in another mount namespace', () => {
  it('has the project of its own file tree', () => {
    const module = new URL('../../src/host/linux/linux-host.ts', import.meta.url);
    const code = `
      const { linuxHost } = await import(${JSON.stringify(module.href)});
      const host = linuxHost();
      const pid = Number(process.argv[1]);
      const { cwd } = host.process(pid, 'brief');
      console.log(JSON.stringify([cwd, host.project(cwd, pid), host.project(cwd)]));`;
    const script = `
      set -e
      folder=$(mktemp -d); trap 'kill $pid; umount "$folder" 2>/dev/null || true; rmdir "$folder"' EXIT
      unshare -m sh -c 'mount -t tmpfs none "$1" && cd "$1" && echo "{\\"name\\":\\"inner\\"}" > package.json && echo ready && exec sleep 600' sh "$folder" > "/tmp/ready.$$" &
      pid=$!
      until grep -q ready "/tmp/ready.$$"; do sleep 0.05; done; rm "/tmp/ready.$$"
      "$1" --input-type=module -e "$2" "$pid"`;
    const output = execFileSync('sh', ['-c', script, 'sh', process.execPath, code], {
      encoding: 'utf8',
    });
    const answer: unknown = JSON.parse(output);
    const folder = expect.stringMatching(/^\/tmp\//);
    expect(answer).toEqual([
      folder,
      expect.objectContaining({
        root: folder,
        manifest: expect.objectContaining({ name: 'inner' }),
      }),
      null,
    ]);
  });
});
