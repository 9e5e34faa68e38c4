import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { env } from './measure.ts';

const ticksPerSecond = 100;
const settleMs = 4_000;

/** Share of one core, in per cent, that `ls --watch` takes after it has settled, over `forMs` ms. */
export const watchShare = async (launcher: string, forMs: number): Promise<number> => {
  const child = spawn(process.execPath, [launcher, 'ls', '--json-stream', '--interval', '1s'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  try {
    await wait(settleMs);
    const before = cpuTicks(child.pid ?? 0);
    const startedAt = process.hrtime.bigint();
    await wait(forMs);
    const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
    return ((cpuTicks(child.pid ?? 0) - before) / ticksPerSecond / seconds) * 100;
  } finally {
    child.kill();
  }
};

const cpuTicks = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
};
