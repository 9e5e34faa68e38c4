import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';
import { isRoot, startServer, type RunningServer } from './start-server.ts';

export type { RunningServer } from './start-server.ts';

/** The servers that tests may start, and the program each needs. */
const programs = {
  postgres: 'postgres',
  redis: 'redis-server',
  nginx: 'nginx',
  mariadb: 'mariadbd',
  memcached: 'memcached',
  sshd: 'sshd',
  mosquitto: 'mosquitto',
} as const;

/**
 * Path of the program that a server needs; null where it is not installed. For
 * `describe.skipIf(serverProgram('redis') === null)`.
 */
export const serverProgram = (name: keyof typeof programs): string | null =>
  findProgram(programs[name]);

/** Starts Redis without persistence; with `password`, only who knows it is served. */
export const startRedis = (options: { password?: string } = {}): Promise<RunningServer> =>
  startServer(programs.redis, ({ directory, port }) => [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    '--appendonly',
    'no',
    '--daemonize',
    'no',
    ...(options.password === undefined ? [] : ['--requirepass', options.password]),
  ]);

/** Starts memcached. */
export const startMemcached = (): Promise<RunningServer> =>
  startServer(programs.memcached, ({ port }) => [
    '-l',
    '127.0.0.1',
    '-p',
    String(port),
    '-U',
    '0',
    ...(isRoot ? ['-u', 'nobody'] : []),
  ]);

/** Starts PostgreSQL with a new cluster: user `postgres`, no password (`trust`), no fsync. */
export const startPostgres = (): Promise<RunningServer> =>
  startServer(
    programs.postgres,
    ({ directory, port }) => [
      '-D',
      join(directory, 'data'),
      '-p',
      String(port),
      '-F',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${directory}`,
    ],
    {
      user: 'postgres',
      prepare: ({ directory, program, run }) => {
        const initdb = join(program, '..', 'initdb');
        const data = join(directory, 'data');
        run(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C']);
      },
    },
  );

/** Starts MariaDB with new system tables: user `root`, no password. */
export const startMariadb = (): Promise<RunningServer> =>
  startServer(
    programs.mariadb,
    ({ directory, port }) => [
      '--no-defaults',
      `--datadir=${join(directory, 'data')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(directory, 'socket')}`,
      '--skip-log-bin',
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=8M',
    ],
    {
      user: 'mysql',
      prepare: ({ directory, run }) => {
        const install = findProgram('mariadb-install-db') ?? 'mariadb-install-db';
        const data = `--datadir=${join(directory, 'data')}`;
        const root = '--auth-root-authentication-method=normal';
        run(install, ['--no-defaults', data, root, '--skip-test-db', '--skip-name-resolve']);
      },
    },
  );

/**
 * Starts nginx: a page titled `Homeport test` at `port`; with `tls`, over TLS only; with `upstream`,
 * a proxy of that port.
 */
export const startNginx = (
  options: { tls?: { key: string; certificate: string }; upstream?: number } = {},
): Promise<RunningServer> =>
  startServer(
    programs.nginx,
    ({ directory }) => ['-p', directory, '-c', join(directory, 'nginx.conf')],
    {
      prepare: ({ directory, port }) => {
        mkdirSync(join(directory, 'www'));
        writeFileSync(join(directory, 'www', 'index.html'), '<title>Homeport test</title>');
        writeFileSync(join(directory, 'nginx.conf'), nginxConfiguration(directory, port, options));
      },
      firstArguments: ['-e', 'stderr'],
    },
  );

/** Starts sshd with a key of its own, which lets nobody in. */
export const startSshd = (): Promise<RunningServer> =>
  startServer(
    programs.sshd,
    ({ directory }) => ['-D', '-e', '-f', join(directory, 'sshd_config')],
    {
      prepare: ({ directory, port, run }) => {
        const key = join(directory, 'host_key');
        run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
        // The privilege separation folder, which Debian's unit makes at its start.
        if (isRoot) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
        const lines = [`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${key}`, 'PidFile none'];
        writeFileSync(
          join(directory, 'sshd_config'),
          [...lines, 'UsePAM no', 'PasswordAuthentication no', ''].join('\n'),
        );
      },
    },
  );

/** Starts Mosquitto, open to anybody. */
export const startMosquitto = (): Promise<RunningServer> =>
  startServer(programs.mosquitto, ({ directory }) => ['-c', join(directory, 'mosquitto.conf')], {
    user: 'mosquitto',
    prepare: ({ directory, port }) => {
      const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'persistence false', ''];
      writeFileSync(join(directory, 'mosquitto.conf'), lines.join('\n'));
    },
  });

const nginxConfiguration = (
  directory: string,
  port: number,
  { tls, upstream }: { tls?: { key: string; certificate: string }; upstream?: number },
): string => `
daemon off;
master_process off;
pid ${directory}/nginx.pid;
error_log ${directory}/error.log;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  default_type text/html;
  server {
    listen 127.0.0.1:${port}${tls === undefined ? '' : ' ssl http2'};
    root ${directory}/www;
    ${upstream === undefined ? '' : `location / { proxy_pass http://127.0.0.1:${upstream}; }`}
    ${tls === undefined ? '' : `ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key};`}
  }
}
`;
