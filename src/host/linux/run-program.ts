import type { ToolLimits, ToolRun } from '../host-control.ts';
import { findInPath } from './find-in-path.ts';

const longestOutput = 1 << 24;

/**
 * Runs a program of the PATH without a shell, with this process's environment in the C locale and
 * nothing to read. An abort or the end of its time ends it, as `failed`. Never rejects.
 */
export const runProgram = async (
  name: string,
  words: readonly string[],
  { timeoutMs, environment = {} }: ToolLimits,
  signal: AbortSignal,
): Promise<ToolRun> => {
  const path = findInPath(name);
  if (path === null) return { result: 'absent', why: `${name} is not installed` };
  const { execFile } = await import('node:child_process');
  if (signal.aborted) return { result: 'failed', why: 'it was stopped' };
  const options = {
    env: { ...process.env, LC_ALL: 'C', ...environment },
    signal,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: longestOutput,
  } as const;
  return new Promise((resolve) => {
    const child = execFile(path, words, options, (error, stdout, stderr) =>
      resolve(error === null ? { result: 'done', stdout } : failure(name, error, stderr + stdout)),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end();
  });
};

const refused =
  /operation not permitted|permission denied|access denied|must be root|interactive authentication required|not authorized|EACCES|EPERM/i;

const failure = (name: string, error: Error, printed: string): ToolRun => {
  const said = printed.trim().split('\n').at(0)?.slice(0, 300) ?? '';
  if (refused.test(printed)) return { result: 'denied', why: `${name} says: ${said}` };
  if ('killed' in error && error.killed === true) {
    return { result: 'failed', why: `${name} did not end in time` };
  }
  return { result: 'failed', why: `${name} says: ${said === '' ? error.message : said}` };
};
