import { z } from 'zod';
import { portSchema } from './known.schema.ts';

const said = { input: z.string(), notes: z.array(z.string()) };

/** An endpoint that was asked about. */
export const endpointTargetSchema = z.strictObject({
  ...said,
  kind: z.literal('endpoint'),
  transport: z.enum(['tcp', 'udp']).nullable(),
  host: z.string().nullable(),
  address: z.string().nullable(),
  family: z.enum(['ipv4', 'ipv6']).nullable(),
  zone: z.string().nullable(),
  port: portSchema,
  scheme: z.string().nullable(),
});

/** Whatever was asked about. */
export const targetSchema = z.union([
  endpointTargetSchema,
  z.strictObject({ ...said, kind: z.literal('pid'), pid: z.int() }),
  z.strictObject({ ...said, kind: z.literal('name'), name: z.string() }),
  z.strictObject({
    ...said,
    kind: z.literal('unix'),
    name: z.union([z.strictObject({ path: z.string() }), z.strictObject({ abstract: z.string() })]),
  }),
]);
