import { z } from 'zod';

/** What `homeport ls` takes. */
export const listListenersInput = z.strictObject({
  filters: z
    .array(z.string())
    .optional()
    .describe(
      'Plain words: a port, user:NAME, project:NAME, program:NAME, pid:N, tcp, udp, unix, exposed',
    ),
  all: z.boolean().optional().describe('Every socket: connections and unix sockets too'),
  probe: z.boolean().optional().describe('Ask each TCP listener what it speaks'),
});

export type ListListenersInput = z.infer<typeof listListenersInput>;
