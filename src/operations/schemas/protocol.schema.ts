import { z } from 'zod';
import type { Protocol } from '../../model/protocol.ts';
import { evidenceSchema } from './known.schema.ts';

const trust = z.strictObject({
  authorized: z.boolean(),
  error: z.string().nullable(),
  nameMatches: z.boolean().exactOptional(),
  systemTrusts: z.boolean().exactOptional(),
});

const tls = z.strictObject({
  version: z.string(),
  alpn: z.string().nullable(),
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  validFrom: z.string(),
  validTo: z.string(),
  selfSigned: z.boolean(),
  fingerprint256: z.string(),
  trust: trust.exactOptional(),
});

/** What a handshake showed. */
export const protocolSchema: z.ZodType<Protocol> = z.union([
  z.strictObject({
    status: z.literal('identified'),
    id: z.string(),
    name: z.string(),
    version: z.string().nullable(),
    server: z.string().nullable(),
    title: z.string().nullable(),
    tls: tls.nullable(),
    authentication: z.enum(['none', 'required']).nullable(),
    details: z.record(z.string(), z.string()),
    evidence: evidenceSchema,
  }),
  z.strictObject({
    status: z.literal('unrecognised'),
    evidence: evidenceSchema,
    conduct: z.enum(['silent', 'answered', 'closed', 'closed-at-once']).exactOptional(),
  }),
  z.strictObject({ status: z.literal('not-probed'), why: z.string() }),
  z.strictObject({ status: z.literal('unreachable'), why: z.string() }),
]);
