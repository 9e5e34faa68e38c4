import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { runQuietly } from '../setup/run.mjs';

/** The real programs that the tests look at, as Debian packages. */
const packages = [
  'fish',
  'gcc',
  'git',
  'groff-base',
  'iproute2',
  'iptables',
  'libc6-dev',
  'lsof',
  'make',
  'mariadb-server',
  'memcached',
  'mosquitto',
  'net-tools',
  'nftables',
  'nginx',
  'openssh-server',
  'openssl',
  'postgresql',
  'puma',
  'python3-django',
  'python3-flask',
  'redis-server',
  'ruby-actionpack',
  'socat',
  'strace',
  'supervisor',
  'systemd',
  'tmux',
  'zsh',
];

const policyFile = '/usr/sbin/policy-rc.d';

/**
 * As root on a Debian, installs what the tests need and the machine lacks; none of it is started.
 * Elsewhere, or where that fails, says so: the tests that need them are then skipped by name.
 */
export const installServers = async (say) => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  const missing = await missingPackages();
  if (missing.length === 0) return;
  say(`installing ${missing.join(', ')} (apt-get) …`);
  const { code, output } = await withoutStarting(() => install(missing));
  if (code !== 0) say(`apt-get failed, some tests will be skipped:\n${output}`);
};

const missingPackages = async () => {
  const format = '${Package} ${db:Status-Status}\n';
  const { output } = await runQuietly('dpkg-query', ['-W', '-f', format, ...packages]);
  const lines = new Set(output.split('\n'));
  return packages.filter((name) => !lines.has(`${name} installed`));
};

/** The package lists are fetched only where the present ones don't do. */
const install = async (names) => {
  const first = await aptGet('install', '-y', '--no-install-recommends', ...names);
  if (first.code === 0) return first;
  const update = await aptGet('update');
  if (update.code !== 0) return update;
  return aptGet('install', '-y', '--no-install-recommends', ...names);
};

const aptGet = (...args) =>
  runQuietly('apt-get', ['-q', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });

/** Debian starts a service as it installs it, unless this file says no: invoke-rc.d(8). */
const withoutStarting = async (work) => {
  const ours = !existsSync(policyFile);
  if (ours) writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    if (ours) rmSync(policyFile, { force: true });
  }
};
