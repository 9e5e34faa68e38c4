import type { Action } from '../model/finding.ts';
import type { Process } from '../model/process.ts';
import { shellCommand } from '../model/shell-quote.ts';

/** To see all that is known of a process. */
export const explainProcess = (pid: number, label: string): Action => ({
  label,
  command: shellCommand('homeport', 'explain', `pid:${pid}`),
});

/** ps(1)'s list of a process's threads: their states, and the kernel function that each sleeps in. */
export const showThreads = ({ pid }: Process, label: string): Action => ({
  label,
  command: shellCommand('ps', '-L', '-p', `${pid}`, '-o', 'pid,lwp,stat,wchan:32,comm'),
});
