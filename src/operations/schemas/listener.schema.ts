import { z } from 'zod';
import type { Listener, Origin, Program, Project } from '../../model/listener.ts';
import {
  countSchema,
  evidenceSchema,
  instantSchema,
  known,
  portSchema,
  unknownSchema,
} from './known.schema.ts';
import { protocolSchema } from './protocol.schema.ts';

const ownerReference = z.strictObject({
  pid: z.int().min(1),
  startedAt: known(instantSchema),
  name: z.string(),
  role: z.enum(['accepts', 'holds']),
  evidence: evidenceSchema,
  uid: known(z.int().min(0)).exactOptional(),
  user: z.string().nullable().exactOptional(),
});

/** What a process runs. */
export const programSchema: z.ZodType<Program> = z.strictObject({
  id: z.string().nullable(),
  name: z.string().min(1),
  kind: z.enum([
    'dev-server',
    'framework',
    'database',
    'broker',
    'web-server',
    'proxy',
    'debugger',
    'container',
    'tunnel',
    'tool',
    'system',
    'editor',
    'browser',
    'ai',
    'runtime',
    'unknown',
  ]),
  version: z.string().nullable(),
  evidence: evidenceSchema,
});

/** The folder of work that a process belongs to. */
export const projectSchema: z.ZodType<Project> = z.strictObject({
  name: z.string().min(1),
  root: z.string(),
  branch: z.string().nullable(),
  worktree: z.string().nullable(),
  evidence: evidenceSchema,
});

/** Why a process runs. */
export const originSchema: z.ZodType<Origin> = z.strictObject({
  id: z.string(),
  label: z.string().min(1),
  restarts: z.boolean().nullable(),
  evidence: evidenceSchema,
});

/** From where a listener can be reached. */
export const exposureSchema = z.strictObject({
  level: z.enum(['this-machine', 'this-container', 'local-network', 'anyone-routed', 'unknown']),
  reasons: evidenceSchema.min(1),
  reachableVia: z.array(z.string()),
});

const container = z.strictObject({
  id: z.string(),
  name: known(z.string()),
  image: known(z.string()),
  compose: z
    .strictObject({
      project: z.string(),
      service: z.string(),
      workingDirectory: z.string().nullable(),
    })
    .nullable(),
});

const facts = {
  namespace: z.string(),
  uid: known(countSchema),
  user: z.string().nullable(),
  owners: z.union([z.array(ownerReference).min(1), unknownSchema]),
  program: known(programSchema),
  project: known(projectSchema).nullable(),
  origin: known(originSchema),
  container: container.nullable(),
  exposure: exposureSchema,
  queue: z.strictObject({ length: countSchema, limit: known(countSchema) }).nullable(),
  sockets: z.array(z.strictObject({ inode: countSchema, cookie: known(z.string()) })).min(1),
  connectionCount: countSchema,
  since: known(instantSchema),
  protocol: protocolSchema.exactOptional(),
};

const inetListener = z.strictObject({
  ...facts,
  transport: z.enum(['tcp', 'udp']),
  family: z.enum(['ipv4', 'ipv6']),
  address: z.string(),
  port: portSchema.min(1),
  v6only: known(z.boolean()).nullable(),
  interface: z.string().nullable(),
});

const unixListener = z.strictObject({
  ...facts,
  transport: z.literal('unix'),
  type: z.enum(['stream', 'dgram', 'seqpacket']),
  path: z.string().nullable(),
  abstract: z.string().nullable(),
});

/** One row of `homeport ls`. */
export const listenerSchema: z.ZodType<Listener> = z.union([inetListener, unixListener]);
