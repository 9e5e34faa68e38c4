import { z } from 'zod';

/** What `homeport explain` takes. */
export const explainInput = z.strictObject({
  target: z.string().describe('An endpoint, port, URL, pid:N, name:NAME or unix path'),
  probe: z.boolean().optional().describe('Ask the endpoint what it speaks (default: yes)'),
});

export type ExplainInput = z.infer<typeof explainInput>;
