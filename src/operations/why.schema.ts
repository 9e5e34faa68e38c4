import { z } from 'zod';

/**
 * What `homeport why` takes: a target or a message. Written by hand: the published types carry no
 * schema library.
 */
export type WhyInput = {
  readonly target?: string | undefined;
  readonly message?: string | undefined;
  readonly probe?: boolean | undefined;
};

/** The schema of `WhyInput`. */
export const whyInput = z.strictObject({
  target: z.string().optional().describe('An endpoint, port, URL, pid:N or name:NAME'),
  message: z.string().optional().describe('An error message as pasted, or a piece of a log'),
  probe: z.boolean().optional().describe('Connect to the endpoint and ask it (default: yes)'),
}) satisfies z.ZodType<WhyInput>;
