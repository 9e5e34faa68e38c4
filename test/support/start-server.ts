import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';
import { freePort } from './free-port.ts';

/** A real server that a test started, on 127.0.0.1. `stop` ends it and removes its folder. */
export type RunningServer = {
  readonly pid: number;
  readonly port: number;
  readonly directory: string;
  /** What it printed so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
};

/** Whether the test may become other users. */
export const isRoot = process.getuid?.() === 0;

type Place = { readonly directory: string; readonly port: number };
type Preparation = Place & {
  readonly program: string;
  /** Runs a program to its end as the server's user; throws where it fails. */
  readonly run: (file: string, arguments_: readonly string[]) => void;
};
type StartOptions = {
  /** Run as this user where the test itself is root. */
  readonly user?: string;
  readonly prepare?: (preparation: Preparation) => void;
  /** Arguments before the others. */
  readonly firstArguments?: readonly string[];
};

const attempts = 3;

/** Starts a server on a free port; another one is taken where somebody was faster. */
export const startServer = async (
  file: string,
  argumentsFor: (place: Place) => readonly string[],
  options: StartOptions = {},
): Promise<RunningServer> => {
  const program = findProgram(file);
  if (program === null) throw new Error(`${file} is not installed`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(file, program, argumentsFor, options);
    } catch (thrown) {
      if (attempt === attempts) throw thrown;
    }
  }
};

const startOnce = async (
  file: string,
  program: string,
  argumentsFor: (place: Place) => readonly string[],
  { user, prepare, firstArguments = [] }: StartOptions,
): Promise<RunningServer> => {
  const port = await freePort();
  const directory = makeDirectory(file, user);
  const removeDirectory = (): void => rmSync(directory, { recursive: true, force: true });
  try {
    prepare?.({
      directory,
      port,
      program,
      run: (tool, words) => runAs(user, tool, words, directory),
    });
    const words = [...firstArguments, ...argumentsFor({ directory, port })];
    const child = spawnAs(user, program, words, directory);
    const output = collectOutput(child);
    const stop = stopper(child, removeDirectory);
    await untilItAccepts(child, port, output).catch(async (thrown: unknown) => {
      await stop();
      throw thrown;
    });
    return { pid: child.pid ?? 0, port, directory, output, stop };
  } catch (thrown) {
    removeDirectory();
    throw thrown;
  }
};

const makeDirectory = (name: string, user: string | undefined): string => {
  const directory = mkdtempSync(join(tmpdir(), `homeport-test-${name}-`));
  chmodSync(directory, 0o755);
  if (isRoot && user !== undefined) chownSync(directory, idOf('-u', user), idOf('-g', user));
  return directory;
};

const idOf = (flag: '-u' | '-g', user: string): number =>
  Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);

/** setpriv(1) replaces itself by the program, so that the child's pid is the server's. */
const asUser = (user: string | undefined, file: string, words: readonly string[]) =>
  isRoot && user !== undefined
    ? {
        file: 'setpriv',
        words: [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--', file, ...words],
      }
    : { file, words: [...words] };

const runAs = (
  user: string | undefined,
  file: string,
  arguments_: readonly string[],
  cwd: string,
): void => {
  const command = asUser(user, file, arguments_);
  const result = spawnSync(command.file, command.words, { cwd, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${file} failed: ${result.stderr}${result.stdout}`);
};

const spawnAs = (
  user: string | undefined,
  file: string,
  arguments_: readonly string[],
  cwd: string,
): ChildProcess => {
  const command = asUser(user, file, arguments_);
  return spawn(command.file, command.words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
};

const gracePeriodMs = 5_000;

const stopper = (child: ChildProcess, cleanUp: () => void): (() => Promise<void>) => {
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  return async () => {
    process.off('exit', kill);
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(kill, gracePeriodMs);
      await ended;
      clearTimeout(timer);
    }
    cleanUp();
  };
};

const startTimeoutMs = 30_000;

/** Resolves once a connection to the port is accepted; rejects where the server ends before. */
const untilItAccepts = async (
  child: ChildProcess,
  port: number,
  output: () => string,
): Promise<void> => {
  const deadline = Date.now() + startTimeoutMs;
  while (!(await accepts(port))) {
    const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
    if (ended || Date.now() > deadline) throw new Error(`it did not start: ${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

const longestOutput = 1_000_000;

const collectOutput = (child: ChildProcess): (() => string) => {
  let output = '';
  const add = (text: string): void => {
    output = (output + text).slice(-longestOutput);
  };
  child.stdout?.on('data', (chunk: Buffer) => add(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => add(chunk.toString()));
  child.on('error', (error) => add(error.message));
  return () => output;
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
