import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findProgram } from './find-program.ts';

/** For the tests that need it, which say so in their names. */
export const hasPython = findProgram('python3') !== null;

/** A Python program that a test started; `first` is the first line that it printed. */
export type RunningPython = {
  readonly pid: number;
  readonly first: string;
  readonly stop: () => Promise<void>;
};

/**
 * Starts a Python 3 program, given as text, and resolves once it has printed a line. `prefix` is a
 * command to run it by, such as `unshare -n`. It should end when its standard input does.
 */
export const startPython = async (
  program: string,
  prefix: readonly string[] = [],
): Promise<RunningPython> => {
  const [file, ...words] = [...prefix, 'python3'];
  const child = spawn(file ?? 'python3', [...words, '-c', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([once(lines, 'line'), exited.then(() => null)]);
  if (line === null || child.pid === undefined) throw new Error('the program ended at once');
  return {
    pid: child.pid,
    first: String(line[0]),
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
};
