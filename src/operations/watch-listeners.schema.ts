import { z } from 'zod';

/** What `homeport ls --watch` takes. */
export const watchListenersInput = z.strictObject({
  filters: z.array(z.string()).optional().describe('Plain words, as for ls'),
  all: z.boolean().optional().describe('Every socket: connections and unix sockets too'),
  intervalMs: z
    .int()
    .min(100)
    .max(3_600_000)
    .optional()
    .describe('Milliseconds between two looks (default 1000)'),
});

export type WatchListenersInput = z.infer<typeof watchListenersInput>;
