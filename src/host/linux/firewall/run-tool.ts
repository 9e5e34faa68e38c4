import { delimiter } from 'node:path';
import { firstExecutable } from '../find-in-path.ts';

/** What came of running a tool: what it printed, or why it printed nothing of use, in a few words. */
export type ToolOutput =
  | { readonly result: 'done'; readonly stdout: string }
  | { readonly result: 'absent' | 'denied' | 'failed'; readonly why: string };

/** The longest that one tool may take, in ms. */
export const toolLimitMs = 1_000;
const longestOutput = 1 << 25;

/** A user's PATH often lacks these, and what root runs should come from there first. */
const systemFolders: readonly string[] = ['/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/** The path of a system tool; null: it is not installed. */
export const findTool = (name: string, path: string = process.env['PATH'] ?? ''): string | null => {
  const folders = [...systemFolders, ...path.split(delimiter).filter((one) => one.startsWith('/'))];
  return firstExecutable(folders, name);
};

/**
 * Runs a tool that reads and changes nothing, for a second at most and 32 MB of output. Never
 * rejects: an abort ends as `failed`.
 */
export const runTool = async (
  name: string,
  words: readonly string[],
  signal: AbortSignal,
): Promise<ToolOutput> => {
  const path = findTool(name);
  if (path === null) return { result: 'absent', why: `${name} is not installed` };
  const { execFile } = await import('node:child_process');
  if (signal.aborted) return { result: 'failed', why: 'it was stopped' };
  const options = {
    env: { PATH: systemFolders.join(delimiter), LC_ALL: 'C' },
    signal,
    timeout: toolLimitMs,
    killSignal: 'SIGKILL',
    maxBuffer: longestOutput,
  } as const;
  return new Promise((resolve) => {
    execFile(path, words, options, (error, stdout, stderr) =>
      resolve(error === null ? { result: 'done', stdout } : failure(name, error, stderr)),
    );
  });
};

const failure = (name: string, error: Error, stderr: string): ToolOutput => {
  const said = stderr.trim().split('\n').at(0) ?? '';
  if (/operation not permitted|permission denied|must be root/i.test(stderr)) {
    return { result: 'denied', why: `${name} says: ${said}` };
  }
  if ('killed' in error && error.killed === true) {
    return { result: 'failed', why: `${name} gave no answer in time` };
  }
  return { result: 'failed', why: `${name} says: ${said === '' ? error.message : said}` };
};
