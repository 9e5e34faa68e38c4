import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readBootFacts } from '../../src/host/linux/boot.ts';
import { openFfi } from '../../src/host/linux/ffi.ts';
import { createFileReader } from '../../src/host/linux/file-reader.ts';
import { processFolders } from '../../src/host/linux/process-folder.ts';
import {
  isRunning,
  listPids,
  type ProcessContext,
  readProcess,
} from '../../src/host/linux/processes.ts';
import { type KernelRoot, kernelRoot } from '../../src/host/linux/root.ts';
import { userNames } from '../../src/host/linux/users.ts';
import { isKnown, type Known } from '../../src/model/known.ts';
import type { Process } from '../../src/model/process.ts';
import { asUser } from '../support/as-user.ts';

const read = createFileReader(null);
const contextOf = (root: KernelRoot, native: boolean): ProcessContext => ({
  root,
  open: processFolders(root, native ? openFfi() : null),
  boot: readBootFacts(root, read),
  userName: userNames(root, read),
});
const real = kernelRoot({});
const fake = kernelRoot({
  HOMEPORT_PROC: fileURLToPath(new URL('../fixtures/machine-basic/proc', import.meta.url)),
});

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'processes-')));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const started: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(
    started.splice(0).map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }),
  );
});

/** Starts a program and resolves when it runs under its own name, not this one's. */
const start = async (
  file: string,
  words: readonly string[],
  options: { argv0?: string; cwd?: string; env?: Record<string, string>; uid?: number } = {},
): Promise<number> => {
  const child = spawn(file, words, { stdio: ['pipe', 'pipe', 'inherit'], ...options });
  started.push(child);
  await once(child, 'spawn');
  return child.pid ?? 0;
};

/** Starts a program that prints a line once it is what the test wants. */
const startAndWait = async (...words: Parameters<typeof start>): Promise<number> => {
  const pid = await start(...words);
  await once(started.at(-1)?.stdout ?? process.stdin, 'data');
  return pid;
};

const known = (process: Known<Process>): Process => {
  if (!isKnown(process)) throw new Error(`unknown: ${process.unknown}`);
  return process;
};

describe.each([
  ['by descriptor', true],
  ['by path', false],
])('a process read %s', (_, native) => {
  const context = contextOf(real, native);
  const readOne = (pid: number, detail: 'brief' | 'full' = 'brief'): Process =>
    known(readProcess(context, pid, detail));

  it('is this one, in full', () => {
    const own = readOne(process.pid, 'full');
    expect(own).toMatchObject({
      pid: process.pid,
      ppid: process.ppid,
      bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      exe: { path: readlinkSync('/proc/self/exe'), deleted: false },
      cwd: process.cwd(),
      uid: process.geteuid?.(),
      kernelThread: false,
      namespaces: {
        net: readlinkSync('/proc/self/ns/net'),
        pid: readlinkSync('/proc/self/ns/pid'),
        mnt: readlinkSync('/proc/self/ns/mnt'),
      },
    });
    const startedAgo = Date.now() - Date.parse(own.startedAt);
    expect(Math.abs(startedAgo - process.uptime() * 1000)).toBeLessThan(2_000);
    expect(own.memoryBytes).toBeGreaterThan(10_000_000);
    expect(own.files.open).toBeGreaterThan(3);
    expect(own.files.limit).toBeGreaterThan(0);
    expect(own.threads).toBeGreaterThan(1);
  });

  it('has no count of files in brief', () => {
    expect(readOne(process.pid).files).toEqual({
      open: { unknown: 'unsupported', why: 'not read' },
      limit: { unknown: 'unsupported', why: 'not read' },
    });
  });

  it('keeps a title that it gave itself as one element', async () => {
    const title = 'next-server (v16.0.0)';
    const code = `process.title = '${title}'; console.log('ready'); process.stdin.resume()`;
    const pid = await startAndWait(process.execPath, ['-e', code, 'x'.repeat(40)]);
    const { argv, comm, ppid } = readOne(pid);
    expect({ argv, comm, ppid }).toEqual({
      argv: [title],
      comm: 'next-server (v1',
      ppid: process.pid,
    });
  });

  it.each(['a b', ') S 1 (', 'x)\n\u001b]0;pw\u0007', '(((', 'Ünïcödé'])(
    'has the odd file name %j',
    async (name) => {
      const path = join(folder, name);
      copyFileSync('/bin/sleep', path);
      const pid = await start(path, ['600'], { argv0: 'my sleep', cwd: folder });
      expect(readOne(pid)).toMatchObject({
        comm: name,
        ppid: process.pid,
        argv: ['my sleep', '600'],
        exe: { path, deleted: false },
        cwd: folder,
      });
    },
  );

  it('tells a removed executable from one that is only named so', async () => {
    const paths = ['gone', 'there (deleted)'].map((name) => join(folder, name));
    const [gone = '', there = ''] = paths;
    paths.forEach((path) => copyFileSync('/bin/sleep', path));
    const pids = await Promise.all(paths.map((path) => start(path, ['600'])));
    unlinkSync(gone);
    expect(pids.map((pid) => readOne(pid).exe)).toEqual([
      { path: gone, deleted: true },
      { path: there, deleted: false },
    ]);
  });

  it('shows of its environment what tells an origin alone', async () => {
    const env = { TMUX: '/tmp/tmux,1,0', API_KEY: 'secret', npm_lifecycle_event: 'dev' };
    const pid = await start('/bin/sleep', ['600'], { env });
    expect(readOne(pid).environment).toEqual({
      TMUX: '/tmp/tmux,1,0',
      npm_lifecycle_event: 'dev',
    });
  });

  it('is a zombie after its end, and gone after its parent asked', async () => {
    const code = `
import os, sys
pid = os.fork()
if pid == 0: os._exit(0)
os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
print(pid, flush=True)
sys.stdin.readline()
os.waitpid(pid, 0)
print('reaped', flush=True)
sys.stdin.readline()`;
    await start('python3', ['-c', code]);
    const parent = started.at(-1);
    const [line] = await once(parent?.stdout ?? process.stdin, 'data');
    const zombie = readOne(Number(String(line)));
    expect(zombie).toMatchObject({ state: 'Z', argv: [], exe: { unknown: 'gone' } });
    expect(isRunning(context, zombie)).toBe(false);
    parent?.stdin?.write('\n');
    await once(parent?.stdout ?? process.stdin, 'data');
    expect(readProcess(context, zombie.pid, 'full')).toEqual({ unknown: 'gone' });
    expect(isRunning(context, zombie)).toBe(false);
  });

  it('is gone where there never was one', () => {
    expect(readProcess(context, 2 ** 22 + 1, 'full')).toEqual({ unknown: 'gone' });
  });

  it('runs as long as it is itself', () => {
    const own = readOne(process.pid);
    expect(isRunning(context, own)).toBe(true);
    expect(isRunning(context, { ...own, startTicks: own.startTicks + 1 })).toBe(false);
    expect(isRunning(context, { ...own, bootId: 'another boot' })).toBe(false);
  });

  it('is among the pids', () => {
    expect(listPids(real)).toContain(process.pid);
  });
});

describe('a pid that changes hands while it is read', () => {
  it('is gone, never a mixture', () => {
    const base = contextOf(fake, false);
    let reads = 0;
    const open: ProcessContext['open'] = (pid) => {
      const folderOf = base.open(pid);
      if (typeof folderOf === 'number') return folderOf;
      const file: typeof folderOf.file = (name) => {
        if (name === 'cmdline') reads += 1;
        return folderOf.file(name);
      };
      return { ...folderOf, file, isStill: (ticks) => folderOf.isStill(ticks + reads) };
    };
    expect(readProcess({ ...base, open }, 520, 'brief')).toEqual({ unknown: 'gone' });
    expect(reads).toBe(1);
  });
});

describe('processes of a folder', () => {
  const context = contextOf(fake, false);
  it('are read in full', () => {
    expect(readProcess(context, 1602, 'full')).toEqual({
      pid: 1602,
      startTicks: 60060,
      bootId: '3f2a9c1e-5b7d-4e60-9a31-0c8d7e6f5a42',
      startedAt: '2026-11-21T10:10:00.600Z',
      ppid: 1601,
      processGroup: 1600,
      session: 1502,
      tty: 34816,
      state: 'S',
      kernelThread: false,
      comm: 'MainThread',
      argv: ['node', '/home/ann/shop/web/node_modules/.bin/vite', '--port', '5173'],
      exe: { path: '/usr/bin/node', deleted: false },
      cwd: '/home/ann/shop/web',
      uid: 1000,
      user: 'ann',
      cgroup: '/user.slice/user-1000.slice/session-3.scope',
      namespaces: { net: 'net:[4026531840]', pid: 'pid:[4026531836]', mnt: 'mnt:[4026531841]' },
      threads: 12,
      cpuMs: 3520,
      memoryBytes: 30_000 * 4096,
      files: { open: 4, limit: 1024 },
      environment: {
        SSH_CONNECTION: '192.168.0.40 51000 192.168.0.17 22',
        SSH_TTY: '/dev/pts/0',
        npm_lifecycle_event: 'dev',
        npm_package_name: 'shop-web',
        npm_config_user_agent: 'npm/11.6.0 node/v24.11.0 linux x64 workspaces/false',
      },
    });
  });

  it('may be hostile, deleted, zombies or kernel threads', () => {
    expect(readProcess(context, 1700, 'brief')).toMatchObject({
      comm: 'a) S 1 \n\u001b]0;pw\u0007',
      ppid: 1502,
      state: 'R',
      exe: { path: '/home/ann/shop/tool', deleted: true },
    });
    expect(readProcess(context, 1800, 'brief')).toMatchObject({
      state: 'Z',
      argv: [],
      exe: { unknown: 'gone' },
      cwd: { unknown: 'gone' },
    });
    expect(readProcess(context, 2, 'brief')).toMatchObject({
      kernelThread: true,
      argv: [],
      exe: { unknown: 'unsupported' },
      environment: {},
    });
    expect(readProcess(context, 3, 'brief')).toEqual({ unknown: 'gone' });
  });
});

const isRoot = process.getuid?.() === 0;
describe.skipIf(!isRoot)('as root, read by another user', () => {
  const nobody = 65_534;
  const readAs = (pid: number, environment = ''): Known<Process> => {
    const module = new URL('../../src/host/linux/linux-host.ts', import.meta.url);
    const code = `${environment}
      const { linuxHost } = await import(${JSON.stringify(module.href)});
      console.log(JSON.stringify(linuxHost().process(${pid}, 'full')));`;
    const words = ['--input-type=module', '-e', code];
    return JSON.parse(asUser(nobody, process.execPath, words, 'utf8')) as Known<Process>;
  };

  it.each(['', "process.env.HOMEPORT_NO_FFI = '1';"])(
    'what the kernel guards is denied, the rest is told %s',
    async (environment) => {
      const pid = await start('/bin/sleep', ['600'], { cwd: folder });
      const denied = { unknown: 'denied' };
      expect(readAs(pid, environment)).toMatchObject({
        comm: 'sleep',
        argv: ['/bin/sleep', '600'],
        ppid: process.pid,
        uid: 0,
        user: 'root',
        exe: denied,
        cwd: denied,
        namespaces: { net: denied, pid: denied, mnt: denied },
        environment: denied,
        files: { open: denied },
      });
    },
  );

  it('a process that changed its uid has the effective one', async () => {
    const code =
      'import os, sys\nos.setresuid(0, 33, 0)\nprint("ready", flush=True)\nsys.stdin.readline()';
    const pid = await startAndWait('python3', ['-c', code]);
    for (const native of [true, false]) {
      expect(readProcess(contextOf(real, native), pid, 'brief')).toMatchObject({
        uid: 33,
        user: 'www-data',
      });
    }
  });

  it.each(['hidepid=2', 'hidepid=1'])('with %s, others are denied and not gone', async (option) => {
    const pid = await start('/bin/sleep', ['600']);
    const module = new URL('../../src/host/linux/linux-host.ts', import.meta.url);
    const code = `
      const { linuxHost } = await import(${JSON.stringify(module.href)});
      const host = linuxHost();
      console.log(JSON.stringify([host.process(${pid}, 'brief'), host.process(4194305, 'brief'), host.process(process.pid, 'brief').pid === process.pid]));`;
    const script = `mount -t proc -o ${option} proc /proc && exec setpriv --reuid ${nobody} --regid ${nobody} --clear-groups "$@"`;
    const words = [
      '-m',
      'sh',
      '-c',
      script,
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      code,
    ];
    const answer: unknown = JSON.parse(asUser(undefined, 'unshare', words, 'utf8'));
    expect(answer).toEqual([
      { unknown: 'denied', why: expect.stringMatching(/hidepid/) },
      { unknown: 'gone' },
      true,
    ]);
  });
});

describe('reading while processes come and go', () => {
  it('never throws', async () => {
    const contexts = [contextOf(real, true), contextOf(real, false)];
    const forks = spawn('sh', ['-c', 'for i in $(seq 1 200); do /bin/true; done'], {
      stdio: 'ignore',
    });
    started.push(forks);
    let running = true;
    void once(forks, 'exit').then(() => (running = false));
    let seen = 0;
    while (running) {
      for (const context of contexts) {
        for (const pid of listPids(real)) {
          const process = readProcess(context, pid, 'brief');
          if (isKnown(process)) seen += 1;
          else expect(process.unknown).toBe('gone');
        }
      }
      await wait(1);
    }
    expect(seen).toBeGreaterThan(0);
  });
});
