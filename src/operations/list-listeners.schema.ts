import { z } from 'zod';

/** What `homeport ls` takes. Written by hand: the published types carry no schema library. */
export type ListListenersInput = {
  /** Plain words: a port, `user:NAME`, `project:NAME`, `udp`, `exposed`, … */
  readonly filters?: readonly string[] | undefined;
  /** Every socket: connections and unix sockets too. */
  readonly all?: boolean | undefined;
  /** Ask each TCP listener what it speaks. */
  readonly probe?: boolean | undefined;
};

/** The schema of `ListListenersInput`. */
export const listListenersInput = z.strictObject({
  filters: z
    .array(z.string())
    .optional()
    .describe(
      'Plain words: a port, user:NAME, project:NAME, program:NAME, pid:N, tcp, udp, unix, exposed',
    ),
  all: z.boolean().optional().describe('Every socket: connections and unix sockets too'),
  probe: z.boolean().optional().describe('Ask each TCP listener what it speaks'),
}) satisfies z.ZodType<ListListenersInput>;
