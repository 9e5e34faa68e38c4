import { z } from 'zod';
import type { ListenerList } from '../list-listeners.ts';
import { connectionSchema } from './connection.schema.ts';
import { instantSchema, problemSchema } from './known.schema.ts';
import { listenerSchema } from './listener.schema.ts';
import { heldSocketSchema } from './socket.schema.ts';

/** What `homeport ls --json` prints. */
export const listenerListSchema: z.ZodType<ListenerList> = z.strictObject({
  takenAt: instantSchema,
  listeners: z.array(listenerSchema),
  connections: z.array(connectionSchema).exactOptional(),
  sockets: z.array(heldSocketSchema).exactOptional(),
  problems: z.array(problemSchema),
});
