import type { StopWay } from '../stop-way.ts';
import { containerStop } from './container-stop.ts';
import { endForward } from './end-forward.ts';
import { endParent } from './end-parent.ts';
import { interruptForegroundJob } from './interrupt-foreground-job.ts';
import { pm2Stop } from './pm2-stop.ts';
import { serviceStop } from './service-stop.ts';
import { signal } from './signal.ts';
import { supervisorctlStop } from './supervisorctl-stop.ts';
import { systemctlStop } from './systemctl-stop.ts';

/**
 * Every way of stopping, in order of precedence: the manager that would start it again, nearest to
 * the program last; then what stands above it; then the process itself, which is always a way.
 */
export const stopWays: readonly StopWay[] = [
  containerStop,
  pm2Stop,
  supervisorctlStop,
  serviceStop,
  systemctlStop,
  interruptForegroundJob,
  endForward,
  endParent,
  signal,
];
