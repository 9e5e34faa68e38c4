import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A program that a test started in a session of its own; `pid` leads the session and its group. */
export type ApartProgram = {
  readonly pid: number;
  /** What it and its children printed so far. */
  readonly output: () => string;
};

type ApartOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** The starting shell ends at once, so that init adopts what it started. */
const startAndLeave = 'log=$1; shift; setsid -- "$@" </dev/null >"$log" 2>&1 & echo $!';

/**
 * Starts a program that has neither our ancestors nor our environment: whoever runs the tests (a
 * package script, an editor, an agent) is no origin of it. Its whole group is ended after the test.
 */
export const startApart = (
  file: string,
  words: readonly string[],
  { cwd = '/', env = {} }: ApartOptions = {},
): ApartProgram => {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-apart-'));
  const log = join(folder, 'log');
  const printed = execFileSync('sh', ['-c', startAndLeave, 'sh', log, file, ...words], {
    cwd,
    env: { ...bareEnvironment(), ...env },
    encoding: 'utf8',
  });
  const pid = Number(printed);
  onTestFinished(() => {
    endGroup(pid);
    rmSync(folder, { recursive: true, force: true });
  });
  return { pid, output: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') };
};

/** No more than a login gives; this Node comes first. */
export const bareEnvironment = (): Record<string, string> => ({
  PATH: [dirname(process.execPath), process.env['PATH'] ?? '/usr/bin:/bin'].join(delimiter),
  HOME: process.env['HOME'] ?? '/',
  LANG: 'C.UTF-8',
});

/** Resolves once a connection to the port of 127.0.0.1 is accepted; fails with what was printed. */
export const untilListening = async (port: number, output: () => string): Promise<void> => {
  const deadline = Date.now() + 25_000;
  while (!(await accepts(port))) {
    if (Date.now() > deadline) throw new Error(`nothing listens on ${port}: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const finish = (accepted: boolean) => () => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', finish(true)).once('error', finish(false));
  });

const endGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};
