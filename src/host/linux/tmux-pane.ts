import { readFileSync } from 'node:fs';
import { type Known, unknown } from '../../model/known.ts';
import type { TerminalText } from '../host.ts';
import { parseEnvironment } from './process-environment.ts';
import type { KernelRoot } from './root.ts';

/** Which pane of which tmux server: `$TMUX` (socket, pid, session) and `$TMUX_PANE` (`%3`). */
export type TmuxPane = { readonly server: string; readonly pane: string };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The tmux pane that an environment names, else the one that the nearest of our ancestors (`pids`)
 * has in its own: sudo takes the variables away. null where nobody has one.
 */
export const tmuxPane = (
  root: KernelRoot,
  environment: Environment,
  pids: readonly number[],
): TmuxPane | null => {
  const own = paneIn(environment);
  if (own !== null) return own;
  for (const pid of pids) {
    const theirs = paneIn(environmentOf(root, pid));
    if (theirs !== null) return theirs;
  }
  return null;
};

const paneIn = ({ TMUX: server = '', TMUX_PANE: pane = '' }: Environment): TmuxPane | null =>
  server !== '' && /^%\d{1,9}$/.test(pane) ? { server, pane } : null;

const environmentOf = (root: KernelRoot, pid: number): Environment => {
  try {
    return parseEnvironment(readFileSync(`${root.proc}/${pid}/environ`, 'utf8'));
  } catch {
    return {};
  }
};

const timeoutMs = 1_000;
const linesAbove = 500;

/**
 * The pane's last 500 lines and what it shows, wrapped lines joined, by `tmux capture-pane`. Resolves
 * within a second. `unsupported` says in a sentence why there is none; never rejects.
 */
export const readTmuxPane = async (
  { server, pane }: TmuxPane,
  signal: AbortSignal,
): Promise<Known<TerminalText>> => {
  const { execFile } = await import('node:child_process');
  // -u: the text is UTF-8, whatever the locale; -J: a line that the screen wrapped is one.
  const words = ['-u', 'capture-pane', '-p', '-J', '-t', pane, '-S', `-${linesAbove}`];
  const env = { ...process.env, TMUX: server };
  const options = {
    env,
    signal,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 24,
  } as const;
  return new Promise((resolve) => {
    execFile('tmux', words, options, (error, stdout, stderr) => {
      if (error === null) resolve({ source: `tmux pane ${pane}`, text: stdout });
      else
        resolve(
          unknown('unsupported', `tmux did not show its pane ${pane} (${reason(error, stderr)})`),
        );
    });
  });
};

const reason = (error: Error, stderr: string): string => {
  const said = stderr.trim().split('\n')[0] ?? '';
  if (said !== '') return said;
  if ('code' in error && error.code === 'ENOENT') return 'it is not installed';
  return 'killed' in error && error.killed === true ? 'no answer in time' : error.message;
};
