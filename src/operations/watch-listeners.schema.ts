import { z } from 'zod';

/** What `homeport ls --watch` takes. Written by hand: the published types carry no schema library. */
export type WatchListenersInput = {
  /** Plain words, as for `listListeners`. */
  readonly filters?: readonly string[] | undefined;
  /** Every socket: connections and unix sockets too. */
  readonly all?: boolean | undefined;
  /** Milliseconds between two looks, 100 to 3,600,000; default 1000. */
  readonly intervalMs?: number | undefined;
};

/** The schema of `WatchListenersInput`. */
export const watchListenersInput = z.strictObject({
  filters: z.array(z.string()).optional().describe('Plain words, as for ls'),
  all: z.boolean().optional().describe('Every socket: connections and unix sockets too'),
  intervalMs: z
    .int()
    .min(100)
    .max(3_600_000)
    .optional()
    .describe('Milliseconds between two looks (default 1000)'),
}) satisfies z.ZodType<WatchListenersInput>;
