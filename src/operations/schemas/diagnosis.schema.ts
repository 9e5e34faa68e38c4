import { z } from 'zod';
import type { Diagnosis, Health } from '../../model/diagnosis.ts';
import type { FailureMessage } from '../../model/failure.ts';
import type { WaitResult } from '../wait-for.ts';
import { connectionSchema } from './connection.schema.ts';
import { actionSchema, findingFields, findingSchema } from './finding.schema.ts';
import {
  countSchema,
  evidenceSchema,
  instantSchema,
  portSchema,
  problemSchema,
} from './known.schema.ts';
import { listenerSchema } from './listener.schema.ts';
import { protocolSchema } from './protocol.schema.ts';
import { endpointTargetSchema } from './target.schema.ts';

const failureClass = z.enum([
  'connection-refused',
  'address-in-use',
  'permission-denied',
  'address-not-available',
  'timeout',
  'connection-reset',
  'name-not-resolved',
  'tls-mismatch',
  'tls-untrusted',
  'http-on-tls-port',
  'tls-on-http-port',
  'wrong-protocol',
  'unreachable',
  'too-many-files',
  'proxy-error',
  'application-error',
  'host-not-allowed',
  'broken-pipe',
  'port-in-excluded-range',
  'unsafe-port',
  'container-unpublished',
  'none',
]);

const role = z.enum(['client', 'server', 'unknown']);

/** What `homeport why --message-only --json` prints. */
export const failureMessageSchema: z.ZodType<FailureMessage> = z.strictObject({
  class: failureClass,
  endpoints: z.array(z.strictObject({ host: z.string().nullable(), port: portSchema.nullable() })),
  role,
  ecosystem: z.string().nullable(),
  line: z.int().min(1).nullable(),
  text: z.string().nullable(),
  notes: z.array(z.string()),
});

const stageId = z.enum([
  'name',
  'address',
  'route',
  'firewall',
  'listener',
  'accept-queue',
  'handshake',
  'tls',
  'protocol',
  'application',
]);

const stageSchema = z.strictObject({
  id: stageId,
  result: z.enum(['pass', 'fail', 'not-applicable', 'unknown']),
  summary: z.string(),
  evidence: evidenceSchema,
  durationMs: countSchema.nullable(),
});

const attemptSchema = z.strictObject({
  address: z.string(),
  port: portSchema,
  outcome: z.enum([
    'connected',
    'refused',
    'timed-out',
    'reset',
    'no-route',
    'address-not-available',
    'denied',
    'met-itself',
    'failed',
  ]),
  code: z.string().nullable(),
  durationMs: countSchema,
});

const checkSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  stage: stageId.nullable(),
  result: z.enum(['pass', 'fail', 'not-applicable', 'unknown', 'error']),
  fact: z.string().exactOptional(),
  why: z.string().exactOptional(),
  severity: z.enum(['info', 'notice', 'warning', 'critical']).exactOptional(),
});

/** What `homeport why --json` prints. */
export const diagnosisSchema: z.ZodType<Diagnosis> = z.strictObject({
  takenAt: instantSchema,
  message: failureMessageSchema.nullable(),
  target: endpointTargetSchema.nullable(),
  symptom: z.strictObject({
    class: failureClass,
    role,
    from: z.enum(['message', 'attempt', 'sockets', 'nothing']),
  }),
  verdict: z.enum(['explained', 'unexplained', 'works', 'nothing-told']),
  answer: z.string(),
  stages: z.array(stageSchema),
  causes: z.array(
    z.strictObject({ ...findingFields, stage: stageId.nullable(), explains: z.boolean() }),
  ),
  contradictions: z.array(z.string()),
  attempts: z.array(attemptSchema),
  listeners: z.array(listenerSchema),
  elsewhere: z.array(listenerSchema),
  connections: z.array(connectionSchema),
  protocol: protocolSchema,
  checks: z.array(checkSchema),
  next: z.array(actionSchema),
  problems: z.array(problemSchema),
});

/** What `homeport doctor --json` prints. */
export const healthSchema: z.ZodType<Health> = z.strictObject({
  takenAt: instantSchema,
  sound: z.boolean(),
  checks: z.array(checkSchema),
  findings: z.array(findingSchema),
  problems: z.array(problemSchema),
});

/** What `homeport wait --json` prints. */
export const waitResultSchema: z.ZodType<WaitResult> = z.strictObject({
  target: endpointTargetSchema,
  for: z.string(),
  answered: z.boolean(),
  waitedMs: countSchema,
  attempts: z.int().min(1),
  met: z.string().nullable(),
  protocol: protocolSchema,
  diagnosis: diagnosisSchema.nullable(),
});
