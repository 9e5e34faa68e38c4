import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isRoot } from './launcher.ts';
import { untilListening } from './start-apart.ts';

const manager = ['/usr/lib/systemd/systemd', '/lib/systemd/systemd'].find(existsSync) ?? null;
const unified = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].find((path) =>
  existsSync(`${path}/cgroup.controllers`),
);

/** For the tests that need it, which say so in their names. */
export const hasSystemd = isRoot && manager !== null && unified !== undefined;

/**
 * A manager moves every process of its control group, so it gets one of its own, as the only one
 * that it can see, and a pid namespace, beyond which it can name no process. `$1`: its group, `$2`:
 * the folder of its units, `$3`: the socket unit, `$4`: systemd.
 */
const apart = `
echo $$ > "$1/cgroup.procs"
exec unshare --cgroup sh -euc '
  mount -t tmpfs none /sys/fs/cgroup
  mount -t cgroup2 none /sys/fs/cgroup
  mkdir -p /run/systemd && mount -t tmpfs none /run/systemd && mkdir -p /run/systemd/system
  test "$(head -n 1 /sys/fs/cgroup/cgroup.procs)" = 1
  export XDG_RUNTIME_DIR="$2/run" SYSTEMD_UNIT_PATH="$2" HOME="$2"
  "$4" --user --unit="$3" --log-target=console & wait' sh "$@"`;

/**
 * Starts a manager of its own with a socket unit for a port of 127.0.0.1, and ends both after the
 * test. Resolves with the unit's name once the port is open.
 */
export const startSocketUnit = async (port: number): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-units-'));
  const unit = `homeport-${port}`;
  const group = `${unified}/${unit}`;
  mkdirSync(join(folder, 'run'), { mode: 0o700 });
  mkdirSync(group);
  writeFileSync(
    join(folder, `${unit}.socket`),
    unitFile(`[Socket]\nListenStream=127.0.0.1:${port}`),
  );
  writeFileSync(join(folder, `${unit}.service`), unitFile('[Service]\nExecStart=/bin/sleep 300'));
  const words = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-euc', apart];
  const child = spawn(
    'unshare',
    [...words, 'sh', group, folder, `${unit}.socket`, manager ?? 'systemd'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  }
  onTestFinished(() => end(child, group, folder));
  await untilListening(port, () => printed.join(''));
  return `${unit}.socket`;
};

/** By default a unit wants others, which are not in the folder. */
const unitFile = (section: string): string => `[Unit]\nDefaultDependencies=no\n${section}\n`;

const end = async (child: ChildProcess, group: string, folder: string): Promise<void> => {
  const exited = once(child, 'close');
  child.kill('SIGKILL');
  await exited;
  await removeGroup(group);
  rmSync(folder, { recursive: true, force: true });
};

/** A group can be removed as soon as the kernel has buried its last process. */
const removeGroup = async (group: string): Promise<void> => {
  for (let left = 200; left > 0; left -= 1) {
    try {
      removeFolders(group);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  removeFolders(group);
};

const removeFolders = (folder: string): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeFolders(join(folder, entry.name));
  }
  rmdirSync(folder);
};
