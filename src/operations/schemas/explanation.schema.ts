import { z } from 'zod';
import type { Explanation } from '../../model/explanation.ts';
import { connectionSchema } from './connection.schema.ts';
import { actionSchema, findingSchema } from './finding.schema.ts';
import {
  evidenceSchema,
  instantSchema,
  known,
  problemSchema,
  unknownSchema,
} from './known.schema.ts';
import {
  exposureSchema,
  listenerSchema,
  originSchema,
  programSchema,
  projectSchema,
} from './listener.schema.ts';
import { processSchema } from './process.schema.ts';
import { protocolSchema } from './protocol.schema.ts';
import { targetSchema } from './target.schema.ts';

const addressSchema = z.strictObject({
  scope: z.enum(['loopback', 'wildcard', 'link-local', 'private', 'public', 'multicast']),
  block: z.string(),
  source: z.string(),
  ours: z.boolean().nullable(),
  notes: z.array(z.string()),
});

const portAnatomySchema = z.strictObject({
  class: z.enum(['well-known', 'registered', 'dynamic']),
  inEphemeralRange: known(z.boolean()),
  reserved: known(z.boolean()),
  privileged: known(z.boolean()),
  blockedByBrowsers: z.boolean(),
  registeredNames: z.array(z.string()),
  commonUses: z.array(z.string()),
  notes: z.array(z.string()),
});

const chainLink = z.strictObject({
  pid: z.int().min(1),
  name: z.string(),
  command: z.string(),
  user: z.string().nullable(),
  startedAt: instantSchema,
  verdict: z
    .strictObject({ id: z.string(), label: z.string(), evidence: evidenceSchema })
    .nullable(),
});

const ownerSchema = z.strictObject({
  process: processSchema,
  program: programSchema,
  project: known(projectSchema).nullable(),
  origin: originSchema,
  chain: z.array(chainLink).min(1),
  evidence: evidenceSchema,
});

/** What `homeport explain --json` prints. */
export const explanationSchema: z.ZodType<Explanation> = z.strictObject({
  target: targetSchema,
  address: addressSchema.nullable(),
  port: portAnatomySchema.nullable(),
  state: z.enum(['listening', 'connected', 'closing', 'free', 'unknown']),
  listeners: z.array(listenerSchema),
  elsewhere: z.array(listenerSchema),
  connections: z.array(connectionSchema),
  upstream: z.array(connectionSchema),
  owner: z.union([ownerSchema, unknownSchema]).nullable(),
  protocol: protocolSchema,
  exposure: exposureSchema.nullable(),
  findings: z.array(findingSchema),
  next: z.array(actionSchema),
  problems: z.array(problemSchema),
});
