import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../support/find-program.ts';
import { freeNow, isAlive, planFor } from '../support/free-live.ts';
import { freePort } from '../support/free-port.ts';
import { isRoot } from '../support/launcher.ts';
import { runLauncher } from '../support/run-launcher.ts';
import { bareEnvironment, startApart, untilListening } from '../support/start-apart.ts';

const folder = join(import.meta.dirname, '../fixtures/projects/listener');
const node = process.execPath;

const temporary = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'homeport-free-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

/** Puts a program of this name first into the PATH of this process while the test runs. */
const fakeProgram = (name: string, script: string): string => {
  const path = temporary();
  writeFileSync(join(path, name), script);
  chmodSync(join(path, name), 0o755);
  const before = process.env['PATH'] ?? '';
  process.env['PATH'] = `${path}${delimiter}${before}`;
  onTestFinished(() => void (process.env['PATH'] = before));
  return path;
};

describe.skipIf(findProgram('npm') === null)('npm scripts (skipped without npm)', () => {
  it('end with the server', async () => {
    const port = await freePort();
    const { pid, output } = startApart('npm', ['run', 'dev'], {
      cwd: folder,
      env: { PORT: `${port}` },
    });
    await untilListening(port, output);
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan.steps[0]).toMatchObject({ verb: 'end-parent', target: 'npm script dev', pid });
    expect(receipt.freed).toBe(true);
    expect(isAlive(pid)).toBe(false);
  });

  it('with a watcher below them: nothing comes back', async () => {
    const path = temporary();
    const serve = 'require("net").createServer().listen(+process.env.PORT, "127.0.0.1")';
    writeFileSync(join(path, 'app.js'), serve);
    const manifest = { name: 'watched', scripts: { dev: 'node --watch app.js' } };
    writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
    const port = await freePort();
    const { pid, output } = startApart('npm', ['run', 'dev'], {
      cwd: path,
      env: { PORT: `${port}` },
    });
    await untilListening(port, output);
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan).toMatchObject({
      steps: [{ verb: 'end-parent', pid, target: 'npm script dev' }, ...plan.steps.slice(1)],
      restartedBy: { id: 'watcher', stopped: true },
    });
    expect(receipt.freed).toBe(true);
    expect(receipt.processes.every(({ endedAfterMs }) => endedAfterMs !== null)).toBe(true);
  });

  it('that run another server too stay: only this one ends', async () => {
    const path = temporary();
    const [port, other] = [await freePort(), await freePort()];
    const serve = (where: number) =>
      `node -e 'require(\\"net\\").createServer().listen(${where}, \\"127.0.0.1\\")'`;
    const dev = `${serve(port)} & ${serve(other)}`;
    writeFileSync(join(path, 'package.json'), `{"name":"two","scripts":{"dev":"${dev}"}}`);
    const { output } = startApart('npm', ['run', 'dev'], { cwd: path });
    await untilListening(port, output);
    await untilListening(other, output);
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan.steps).toMatchObject([{ verb: 'signal' }]);
    expect(receipt.freed).toBe(true);
    expect((await planFor(`${other}`)).state).toBe('held');
  });
});

describe.skipIf(findProgram('tmux') === null)('tmux (skipped where it is not installed)', () => {
  it("interrupts the pane's foreground job, and its shell stays", async () => {
    const port = await freePort();
    const name = `homeport-free-${port}`;
    const tmux = (...words: string[]): string =>
      execFileSync('tmux', ['-L', name, '-f', '/dev/null', ...words], {
        cwd: folder,
        env: { ...bareEnvironment(), SHELL: '/bin/sh', TERM: 'xterm', PORT: `${port}` },
        encoding: 'utf8',
      });
    onTestFinished(() => void spawnSync('tmux', ['-L', name, 'kill-server']));
    tmux('new-session', '-d', 'sh -i');
    tmux('send-keys', 'node serve.mjs', 'Enter');
    await untilListening(port, () => tmux('capture-pane', '-p'));
    const shell = Number(tmux('list-panes', '-F', '#{pane_pid}'));
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan.steps).toMatchObject([{ verb: 'interrupt-foreground-job' }]);
    expect(receipt.processes[0]?.signals[0]?.signal).toBe('SIGINT');
    expect(receipt.freed).toBe(true);
    expect(isAlive(shell)).toBe(true);
  });
});

describe.skipIf(findProgram('supervisord') === null)(
  'supervisord (skipped where it is not installed)',
  () => {
    it('stops its program, and does not start it again', async () => {
      const path = temporary();
      const port = await freePort();
      const configuration = join(path, 'supervisord.conf');
      const lines = [
        '[supervisord]',
        `logfile=${path}/log`,
        `pidfile=${path}/pid`,
        '[unix_http_server]',
        `file=${path}/sock`,
        '[rpcinterface:supervisor]',
        'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface',
        '[supervisorctl]',
        `serverurl=unix://${path}/sock`,
        '[program:web]',
        `command=${node} ${folder}/serve.mjs`,
        `environment=PORT="${port}"`,
        'autorestart=true',
        'startsecs=0',
        '',
      ];
      writeFileSync(configuration, lines.join('\n'));
      const { output } = startApart('supervisord', ['-n', '-c', configuration]);
      await untilListening(port, output);
      const { plan, receipt } = await freeNow(`${port}`);
      expect(plan).toMatchObject({
        steps: [
          {
            verb: 'supervisorctl-stop',
            target: 'web',
            command: `supervisorctl -c ${configuration} stop web`,
          },
        ],
        restartedBy: { id: 'supervisord', stopped: true },
      });
      expect(receipt).toMatchObject({ freed: true, steps: [{ outcome: 'done' }] });
    });
  },
);

describe('pm2 (a stand-in for its command)', () => {
  it('is told to stop the program by its id', async () => {
    const port = await freePort();
    const path = fakeProgram(
      'pm2',
      '#!/bin/sh\necho "$PM2_HOME $*" >> "$0.log"\nkill "$(cat "$0.pid")"\n',
    );
    const { pid, output } = startApart(node, ['serve.mjs'], {
      cwd: folder,
      env: { PORT: `${port}`, pm_id: '7', PM2_HOME: '/srv/pm2' },
    });
    writeFileSync(join(path, 'pm2.pid'), `${pid}`);
    await untilListening(port, output);
    const { plan, receipt } = await freeNow(`${port}`);
    expect(plan.steps).toMatchObject([{ verb: 'pm2-stop', command: 'pm2 stop 7' }]);
    expect(receipt.freed).toBe(true);
    expect(readFileSync(join(path, 'pm2.log'), 'utf8')).toBe('/srv/pm2 stop 7\n');
  });

  it('that fails is told, and nothing is signalled in its place', async () => {
    const port = await freePort();
    fakeProgram('pm2', '#!/bin/sh\necho "[PM2][ERROR] Process 7 not found" >&2\nexit 1\n');
    const { pid, output } = startApart(node, ['serve.mjs'], {
      cwd: folder,
      env: { PORT: `${port}`, pm_id: '7' },
    });
    await untilListening(port, output);
    const { receipt } = await freeNow(`${port}`);
    expect(receipt).toMatchObject({
      freed: false,
      steps: [{ outcome: 'failed', why: 'pm2 says: [PM2][ERROR] Process 7 not found' }],
      heldBy: [{ pid, isNew: false }],
      processes: [{ pid, signals: [], endedAfterMs: null }],
    });
    expect(isAlive(pid)).toBe(true);
  });
});

const cgroups = ['/sys/fs/cgroup/systemd', '/sys/fs/cgroup'].find((path) =>
  existsSync(join(path, 'cgroup.procs')),
);

describe.skipIf(!isRoot || cgroups === undefined)(
  'systemd (a stand-in for its command; skipped without root or control groups)',
  () => {
    /** Starts the server in the control group that a unit of this name would have. */
    const startUnit = async (unit: string): Promise<{ port: number; pid: number }> => {
      const group = join(cgroups ?? '', unit);
      mkdirSync(group, { recursive: true });
      const port = await freePort();
      const enter = `echo $$ > ${group}/cgroup.procs; exec "${node}" serve.mjs`;
      const { pid, output } = startApart('sh', ['-c', enter], {
        cwd: folder,
        env: { PORT: `${port}` },
      });
      onTestFinished(() => {
        if (isAlive(pid)) process.kill(pid, 'SIGKILL');
        return removeGroup(group);
      });
      await untilListening(port, output);
      return { port, pid };
    };

    const removeGroup = async (group: string): Promise<void> => {
      for (let left = 100; left > 0; left -= 1) {
        try {
          rmdirSync(group);
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    };

    it('stops the socket unit before the service that it would start again', async () => {
      const { port, pid } = await startUnit(`homeport-test-${process.pid}.service`);
      const unit = `homeport-test-${process.pid}.service`;
      const path = fakeProgram(
        'systemctl',
        `#!/bin/sh
if [ "$1" = show ]; then echo Restart=on-failure; echo TriggeredBy=web.socket web.timer; exit; fi
echo "$*" >> "$0.log"; kill ${pid}
`,
      );
      const { plan, receipt } = await freeNow(`${port}`);
      expect(plan).toMatchObject({
        steps: [{ verb: 'systemctl-stop', target: `web.socket ${unit}` }],
        restartedBy: { id: 'systemd-socket', stopped: true },
      });
      expect(receipt).toMatchObject({ freed: true, steps: [{ outcome: 'done' }] });
      expect(readFileSync(join(path, 'systemctl.log'), 'utf8')).toBe(`stop web.socket ${unit}\n`);
    });

    it('that refuses is told as a missing right, with exit code 3', async () => {
      const { port, pid } = await startUnit(`homeport-denied-${process.pid}.service`);
      fakeProgram(
        'systemctl',
        '#!/bin/sh\n[ "$1" = show ] && exit 1\necho "Failed to stop x: Access denied" >&2\nexit 4\n',
      );
      const { code, out } = await runLauncher(['free', `${port}`, '--yes', '--json']);
      expect(code).toBe(3);
      expect(JSON.parse(out)).toMatchObject({ receipt: { steps: [{ outcome: 'denied' }] } });
      expect(isAlive(pid)).toBe(true);
    });
  },
);
