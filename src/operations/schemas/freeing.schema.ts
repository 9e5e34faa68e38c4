import { z } from 'zod';
import type {
  EndedProcess,
  FreeCandidate,
  FreePlan,
  FreeReceipt,
  FreeStep,
} from '../../model/freeing.ts';
import type { CloseResult } from '../close-connection.ts';
import type { FreeResult } from '../free.ts';
import { connectionSchema, endSchema } from './connection.schema.ts';
import {
  countSchema,
  evidenceSchema,
  instantSchema,
  known,
  problemSchema,
} from './known.schema.ts';
import { originSchema } from './listener.schema.ts';
import { targetSchema } from './target.schema.ts';

const pid = z.int().min(1);
const identity = { pid, startTicks: countSchema, bootId: z.string() };

const verb = z.enum([
  'systemctl-stop',
  'container-stop',
  'pm2-stop',
  'supervisorctl-stop',
  'service-stop',
  'interrupt-foreground-job',
  'end-forward',
  'end-parent',
  'signal',
]);

const action = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tool'),
    tool: z.string(),
    words: z.array(z.string()),
    environment: z.record(z.string(), z.string()),
  }),
  z.strictObject({ kind: z.literal('container'), id: z.string() }),
  z.strictObject({
    kind: z.literal('signal'),
    signal: z.enum(['SIGINT', 'SIGTERM']),
    process: z.strictObject(identity),
    leads: z.boolean(),
  }),
]);

const step: z.ZodType<FreeStep> = z.strictObject({
  verb,
  target: z.string(),
  pid: pid.nullable(),
  command: z.string().nullable(),
  why: z.string(),
  action,
});

const owner = z.strictObject({
  ...identity,
  startedAt: instantSchema,
  name: z.string(),
  role: z.enum(['accepts', 'holds']),
  evidence: evidenceSchema,
  uid: known(countSchema),
  user: z.string().nullable(),
  argv: known(z.array(z.string())),
  cwd: known(z.string()),
  project: z.string().nullable(),
  origin: originSchema,
  holds: z.array(z.string()),
  alsoServes: z.array(z.string()),
});

const child = z.strictObject({
  ...identity,
  name: z.string(),
  command: z.string(),
  alsoServes: z.array(z.string()),
});

const restarter = z.strictObject({
  id: z.string(),
  label: z.string(),
  evidence: evidenceSchema,
  stopped: z.boolean(),
});

const refusal = z.strictObject({
  id: z.enum([
    'init',
    'ourselves',
    'ancestor',
    'ssh-server',
    'other-user',
    'kernel-thread',
    'other-namespace',
    'shared-manager',
    'no-right-way',
  ]),
  pid: pid.nullable(),
  why: z.string(),
});

/** How endpoints would be freed. */
export const freePlanSchema: z.ZodType<FreePlan> = z.strictObject({
  id: z.string(),
  target: targetSchema,
  targets: z.array(targetSchema),
  state: z.enum(['held', 'hidden', 'free']),
  endpoints: z.array(z.string()),
  owners: z.array(owner),
  project: z.string().nullable(),
  children: z.array(child),
  cutOff: z.array(z.strictObject({ client: endSchema, server: z.string(), state: z.string() })),
  restartedBy: restarter.nullable(),
  steps: z.array(step),
  graceMs: countSchema,
  left: z.array(z.string()),
  refusals: z.array(refusal),
  forced: z.boolean(),
  problems: z.array(problemSchema),
});

const exit = z.union([
  z.strictObject({ code: countSchema }),
  z.strictObject({ signal: z.string() }),
]);

const ended: z.ZodType<EndedProcess> = z.strictObject({
  ...identity,
  name: z.string(),
  signals: z.array(
    z.strictObject({
      signal: z.enum(['SIGINT', 'SIGTERM', 'SIGKILL']),
      afterMs: countSchema,
      delivery: z.enum(['sent', 'gone', 'denied']),
    }),
  ),
  method: z.enum(['pidfd', 'pid']).nullable(),
  endedAfterMs: countSchema.nullable(),
  exit: known(exit),
  startAgain: z.strictObject({
    argv: known(z.array(z.string())),
    cwd: known(z.string()),
    command: z.string().nullable(),
    environment: known(z.record(z.string(), z.string())).exactOptional(),
  }),
});

const receipt: z.ZodType<FreeReceipt> = z.strictObject({
  plan: z.string(),
  startedAt: instantSchema,
  tookMs: countSchema,
  steps: z.array(
    z.strictObject({
      verb,
      target: z.string(),
      pid: pid.nullable(),
      outcome: z.enum(['done', 'not-needed', 'denied', 'failed']),
      why: z.string().nullable(),
      tookMs: countSchema,
    }),
  ),
  processes: z.array(ended),
  freed: z.boolean(),
  provenMs: countSchema,
  heldBy: z.array(
    z.strictObject({
      endpoint: z.string(),
      pid: pid.nullable(),
      name: z.string(),
      isNew: z.boolean(),
      startedAt: known(instantSchema),
      restartedBy: z.string().nullable(),
    }),
  ),
  next: z.array(z.strictObject({ label: z.string(), command: z.string().nullable() })),
});

const candidate: z.ZodType<FreeCandidate> = z.strictObject({
  endpoint: z.string(),
  pid,
  name: z.string(),
  project: z.string().nullable(),
  startedAt: instantSchema,
  connections: countSchema,
  idleMs: known(countSchema),
  evidence: evidenceSchema,
});

/** What `homeport free --json` prints. */
export const freeResultSchema: z.ZodType<FreeResult> = z.strictObject({
  plan: freePlanSchema.nullable(),
  candidates: z.array(candidate).exactOptional(),
  receipt: receipt.nullable(),
});

/** What `homeport close --json` prints. */
export const closeResultSchema: z.ZodType<CloseResult> = z.strictObject({
  plan: z
    .strictObject({
      id: z.string(),
      connection: connectionSchema,
      sockets: z.array(z.strictObject({ endpoint: z.string(), inode: countSchema })),
    })
    .nullable(),
  receipt: z
    .strictObject({
      closed: z.boolean(),
      sockets: z.array(
        z.strictObject({
          endpoint: z.string(),
          outcome: z.enum(['destroyed', 'gone', 'denied', 'unsupported']),
        }),
      ),
    })
    .nullable(),
});
