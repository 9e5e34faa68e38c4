import { z } from 'zod';
import type { Process } from '../../model/process.ts';
import { countSchema, instantSchema, known } from './known.schema.ts';

/** One process. */
export const processSchema: z.ZodType<Process> = z.strictObject({
  pid: z.int().min(1),
  startTicks: countSchema,
  bootId: z.string(),
  startedAt: instantSchema,
  ppid: countSchema,
  processGroup: z.int(),
  session: z.int(),
  tty: z.int(),
  state: z.string().length(1),
  kernelThread: z.boolean(),
  comm: z.string(),
  argv: known(z.array(z.string())),
  exe: known(z.strictObject({ path: z.string(), deleted: z.boolean() })),
  cwd: known(z.string()),
  uid: known(countSchema),
  user: z.string().nullable(),
  cgroup: known(z.string()),
  namespaces: z.strictObject({
    net: known(z.string()),
    pid: known(z.string()),
    mnt: known(z.string()),
  }),
  threads: countSchema,
  cpuMs: countSchema,
  memoryBytes: countSchema,
  files: z.strictObject({
    open: known(countSchema),
    limit: known(countSchema),
    hardLimit: known(countSchema).exactOptional(),
  }),
  environment: known(z.record(z.string(), z.string())),
});
