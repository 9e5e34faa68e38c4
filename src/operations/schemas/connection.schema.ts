import { z } from 'zod';
import type { Connection, End } from '../../model/connection.ts';
import { countSchema, known, portSchema } from './known.schema.ts';
import { socketStateSchema } from './socket.schema.ts';

/** One end of a connection. */
export const endSchema: z.ZodType<End> = z.strictObject({
  address: z.string(),
  port: portSchema,
  local: z.boolean(),
  pid: known(z.int().min(1)),
  alsoHeldBy: z.array(z.int().min(1)),
  program: known(z.string()),
  project: z.string().nullable(),
  inode: countSchema.nullable(),
});

/** One connection with both its ends. */
export const connectionSchema: z.ZodType<Connection> = z.strictObject({
  transport: z.enum(['tcp', 'udp']),
  namespace: z.string(),
  client: endSchema,
  server: endSchema,
  direction: z.enum(['listener', 'guessed-by-port', 'unknown']),
  state: socketStateSchema,
  bytesToServer: known(countSchema),
  bytesToClient: known(countSchema),
  rttMs: known(countSchema),
  retransmits: known(countSchema),
});
