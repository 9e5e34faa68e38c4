import { z } from 'zod';

/** What `homeport explain` takes. Written by hand: the published types carry no schema library. */
export type ExplainInput = {
  readonly target: string;
  readonly probe?: boolean | undefined;
};

/** The schema of `ExplainInput`. */
export const explainInput = z.strictObject({
  target: z.string().describe('An endpoint, port, URL, pid:N, name:NAME or unix path'),
  probe: z.boolean().optional().describe('Ask the endpoint what it speaks (default: yes)'),
}) satisfies z.ZodType<ExplainInput>;
