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
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  isRunning,
  listPids,
  type ProcessContext,
  readProcess,
} from '../../src/host/linux/processes.ts';
import { isKnown, isUnknown, type Known } from '../../src/model/known.ts';
import type { Process } from '../../src/model/process.ts';
import { basicRoot, processContext, realRoot } from '../support/process-context.ts';
import { hasPython } from '../support/start-python.ts';
import { programStarter } from '../support/start-program.ts';

const start = programStarter();

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'processes-')));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const known = (process: Known<Process>): Process => {
  if (!isKnown(process)) throw new Error(`unknown: ${process.unknown}`);
  return process;
};

describe.each([
  ['by descriptor', true],
  ['by path', false],
])('a process read %s', (_, native) => {
  const context = processContext(realRoot, native);
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
      open: { unknown: 'unsupported', why: 'read only in full detail' },
      limit: { unknown: 'unsupported', why: 'read only in full detail' },
    });
  });

  it('keeps a title that it gave itself as one element', async () => {
    const title = 'next-server (v16.0.0)';
    const code = `process.title = '${title}'; console.log('ready'); process.stdin.resume()`;
    const { pid, line } = await start(process.execPath, ['-e', code, 'x'.repeat(40)]);
    await line();
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
      const { pid } = await start(path, ['600'], { argv0: 'my sleep', cwd: folder });
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
    const programs = await Promise.all(paths.map((path) => start(path, ['600'])));
    unlinkSync(gone);
    expect(programs.map(({ pid }) => readOne(pid).exe)).toEqual([
      { path: gone, deleted: true },
      { path: there, deleted: false },
    ]);
  });

  it('shows of its environment what tells an origin alone', async () => {
    const env = { TMUX: '/tmp/tmux,1,0', API_KEY: 'secret', npm_lifecycle_event: 'dev' };
    const { pid } = await start('/bin/sleep', ['600'], { env });
    expect(readOne(pid).environment).toEqual({
      TMUX: '/tmp/tmux,1,0',
      npm_lifecycle_event: 'dev',
    });
  });

  it.skipIf(!hasPython)(
    'is a zombie after its end, and gone after its parent asked (skipped without python3)',
    async () => {
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
      const parent = await start('python3', ['-c', code]);
      const zombie = readOne(Number(await parent.line()));
      expect(zombie).toMatchObject({ state: 'Z', argv: [], exe: { unknown: 'gone' } });
      expect(isRunning(context, zombie)).toBe(false);
      expect(await parent.ask()).toBe('reaped');
      expect(readProcess(context, zombie.pid, 'full')).toEqual({ unknown: 'gone' });
      expect(isRunning(context, zombie)).toBe(false);
    },
  );

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
    expect(listPids(realRoot)).toContain(process.pid);
  });
});

describe('a pid that changes hands while it is read', () => {
  it('is gone, never a mixture', () => {
    const base = processContext(basicRoot, false);
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
  const context = processContext(basicRoot, false);
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
      files: { open: 4, limit: 1024, hardLimit: 524_288 },
      environment: {
        SSH_CONNECTION: '192.168.0.40 51000 192.168.0.17 22',
        SSH_TTY: '/dev/pts/0',
        npm_lifecycle_event: 'dev',
        npm_package_name: 'shop-web',
        npm_config_user_agent: 'npm/11.6.0 node/v24.11.0 linux x64 workspaces/false',
        HTTP_PROXY: 'http://***@proxy.shop.example:3128',
        no_proxy: 'localhost,127.0.0.1',
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

describe('reading while processes come and go', () => {
  it('never throws, and tells only what is gone', async () => {
    const script = 'for i in $(seq 1 200); do /bin/true; done; echo done; read line';
    const forks = await start('sh', ['-c', script]);
    const ending = forks.line();
    const seen: Known<Process>[] = [];
    while ((await Promise.race([ending, nextTurn('')])) === '') {
      for (const native of [true, false]) {
        const context = processContext(realRoot, native);
        seen.push(...listPids(realRoot).map((pid) => readProcess(context, pid, 'brief')));
      }
    }
    expect(seen.some(isKnown)).toBe(true);
    expect(seen.filter((one) => isUnknown(one) && one.unknown !== 'gone')).toEqual([]);
  });
});
