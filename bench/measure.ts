import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** A program to time: what the table calls it, and its command line. */
export type Contender = {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** At most so many rounds: for contenders that take seconds. */
  readonly rounds?: number;
};

/** Wall times of one contender, ms, sorted; empty where it failed. */
export type Timing = { readonly name: string; readonly times: readonly number[] };

/**
 * Runs all contenders in turn, round by round, so that a noisy moment hits all alike. The first
 * round warms caches and does not count. Output goes to /dev/null.
 */
export const race = (contenders: readonly Contender[], rounds: number): readonly Timing[] => {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, command, rounds: most = rounds } of contenders) {
      if (round > most) continue;
      const elapsed = timeOnce(command);
      if (elapsed !== null && (round > 0 || most < rounds)) times.get(name)?.push(elapsed);
    }
  }
  return contenders.map(({ name }) => ({
    name,
    times: (times.get(name) ?? []).sort((a, b) => a - b),
  }));
};

/** The middle of a list of numbers; NaN for an empty one. */
export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Runs a command and returns its standard output; throws with its standard error where it fails. */
export const output = (command: readonly [string, ...string[]]): string => {
  const [file, ...rest] = command;
  const ended = spawnSync(file, rest, { encoding: 'utf8', maxBuffer: 1 << 28, env });
  if (ended.status !== 0) throw new Error(`${command.join(' ')}: ${ended.stderr || ended.error}`);
  return ended.stdout;
};

/** Starts a program that stays until `stop`, and resolves when it has printed its first line. */
export const startUntilReady = async (
  command: readonly [string, ...string[]],
): Promise<{ pid: number; stop: () => Promise<void> }> => {
  const [file, ...rest] = command;
  const child = spawn(file, rest, { stdio: ['pipe', 'pipe', 'inherit'], detached: true, env });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  child.stdout.resume();
  return {
    pid: child.pid ?? 0,
    stop: () => {
      child.stdin.end();
      return ended;
    },
  };
};

/** What every contender runs with: no certificates to load at start-up, no colours. */
export const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' };
delete env['NODE_EXTRA_CA_CERTS'];

/** Wall time of one run, ms; null where it could not be started. */
export const timeOnce = ([file, ...rest]: readonly [string, ...string[]]): number | null => {
  const sink = openSync('/dev/null', 'w');
  const before = process.hrtime.bigint();
  const ended = spawnSync(file, rest, { stdio: ['ignore', sink, 'ignore'], env, timeout: 120_000 });
  const elapsed = Number(process.hrtime.bigint() - before) / 1e6;
  closeSync(sink);
  return ended.error === undefined ? elapsed : null;
};
