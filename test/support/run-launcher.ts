import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { launcher } from './launcher.ts';

/** How a run of `bin/homeport.js` ended. */
export type LauncherRun = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
};

/** Runs the command as a user does, with `input` on its standard input, to its end. */
export const runLauncher = async (
  words: readonly string[],
  { env = {}, input = '' }: { readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
): Promise<LauncherRun> => {
  const child = spawn(process.execPath, [launcher, ...words], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.err += chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, ...text };
};
