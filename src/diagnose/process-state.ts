import type { Process } from '../model/process.ts';
import { describeProcess } from './describe-process.ts';
import type { MachineFacts } from './facts.ts';

/** What a process does, with the kernel's letter for it (proc(5)): `node (pid 77) is stopped by a signal (state T)`. */
export const processStateText = ({ pid, state }: Process, facts: MachineFacts): string =>
  `${describeProcess(pid, facts)} ${words[state] ?? 'is in a state of its own'} (state ${state}, proc(5))`;

const words: Readonly<Record<string, string | undefined>> = {
  D: 'waits inside the kernel, where no signal reaches it',
  I: 'is idle',
  R: 'runs',
  S: 'waits for something to happen',
  T: 'is stopped by a signal',
  t: 'is held by a debugger',
  X: 'has ended',
  Z: 'has ended',
};
