import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';
import { type RunningServer, startServer } from './start-server.ts';

/** A server that answers, and serves only once it is told to. */
export type Standby = RunningServer & { readonly promote: () => void };

/**
 * Starts PostgreSQL as a standby that waits for a primary and lets nobody log in (`hot_standby` off),
 * as one that starts up does; `promote` lets it serve, as pg_ctl(1) would.
 */
export const startStandby = async (): Promise<Standby> => {
  const server = await startServer(
    'postgres',
    ({ directory, port }) => [
      '-D',
      join(directory, 'data'),
      '-p',
      String(port),
      '-F',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'hot_standby=off',
      '-c',
      `unix_socket_directories=${directory}`,
    ],
    {
      user: 'postgres',
      prepare: ({ directory, program, run }) => {
        const data = join(directory, 'data');
        const initdb = join(program, '..', 'initdb');
        run(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C']);
        writeFileSync(join(data, 'standby.signal'), '');
      },
    },
  );
  return {
    ...server,
    promote: () => {
      writeFileSync(join(server.directory, 'data', 'promote'), '');
      process.kill(server.pid, 'SIGUSR1');
    },
  };
};

/** Starts Redis with so much to read into memory that it says LOADING for a second or two. */
export const startLoadingRedis = (): Promise<RunningServer> =>
  startServer(
    'redis-server',
    ({ directory, port }) => [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--save',
      '',
      '--appendonly',
      'yes',
      '--key-load-delay',
      '300',
    ],
    {
      prepare: ({ directory }) => {
        const commands = Array.from(
          { length: 6_000 },
          (_, index) => `*3\r\n$3\r\nSET\r\n$5\r\n${10_000 + index}\r\n$1\r\nx\r\n`,
        );
        writeFileSync(join(directory, 'appendonly.aof'), commands.join(''));
      },
    },
  );

/** For the tests that need it, which say so in their names. */
export const hasRedis = findProgram('redis-server') !== null;
