import { execFileSync } from 'node:child_process';

/** Runs a program to its end, as another user where a uid is given, and returns its standard output. */
export const asUser = (
  uid: number | undefined,
  file: string,
  words: readonly string[],
  encoding: 'utf8' | 'latin1',
): string => {
  const ids = uid === undefined ? [] : ['--reuid', `${uid}`, '--regid', `${uid}`, '--clear-groups'];
  const [command, ...rest]: [string, ...string[]] =
    uid === undefined ? [file, ...words] : ['setpriv', ...ids, file, ...words];
  return execFileSync(command, rest, {
    encoding,
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: uid === undefined ? process.env : { PATH: process.env['PATH'], HOME: '/nonexistent' },
  });
};
