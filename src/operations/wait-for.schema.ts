import { z } from 'zod';

/** What `homeport wait` takes. Written by hand: the published types carry no schema library. */
export type WaitForInput = {
  readonly target: string;
  /** `tcp`, `tls`, `http`, `https` or a protocol's id; left out: of the URL's scheme, else any answer. */
  readonly for?: string | undefined;
  readonly timeoutMs?: number | undefined;
};

/** The schema of `WaitForInput`. */
export const waitForInput = z.strictObject({
  target: z.string().describe('An endpoint, port or URL'),
  for: z
    .string()
    .optional()
    .describe('What must answer: tcp, tls, http, https, postgres, redis … (default: any answer)'),
  timeoutMs: z
    .int()
    .min(1)
    .max(86_400_000)
    .optional()
    .describe('How long to wait at most (default 30s)'),
}) satisfies z.ZodType<WaitForInput>;
