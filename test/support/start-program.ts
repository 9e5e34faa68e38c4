import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach } from 'vitest';

/** A program that a test started. */
export type StartedProgram = {
  readonly pid: number;
  /** Writes a line to it and resolves to the next that it prints. */
  readonly ask: () => Promise<string>;
  /** Resolves to what it prints next. */
  readonly line: () => Promise<string>;
};

/**
 * Makes the function that starts programs: it resolves when one runs under its own name, no longer
 * ours. What still runs after a test is ended by its pid.
 */
export const programStarter = () => {
  const started: ChildProcess[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map(end));
  });
  return async (
    file: string,
    words: readonly string[],
    options: Pick<SpawnOptions, 'argv0' | 'cwd' | 'env'> = {},
  ): Promise<StartedProgram> => {
    const child = spawn(file, words, { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
    started.push(child);
    await once(child, 'spawn');
    await untilNamed(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => (await lines.next()).value ?? '';
    const ask = (): Promise<string> => {
      child.stdin.write('\n');
      return line();
    };
    return { pid: child.pid ?? 0, line, ask };
  };
};

/** Between execve(2) and the first instruction the kernel shows no arguments yet. */
const untilNamed = async (child: ChildProcess): Promise<void> => {
  while (child.exitCode === null && child.signalCode === null && !hasArguments(child)) {
    await sleep(1);
  }
};

const hasArguments = ({ pid }: ChildProcess): boolean =>
  readFileSync(`/proc/${pid}/cmdline`).length > 0;

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
};
