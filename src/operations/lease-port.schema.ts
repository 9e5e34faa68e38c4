import { z } from 'zod';

/** What `homeport port NAME` takes. Written by hand: the published types carry no schema library. */
export type LeasePortInput = {
  readonly service: string;
  /** Which of the service's ports; `main` unless given. */
  readonly endpoint?: string | undefined;
  /** A port that is wanted by its number; refused where it can't be had. */
  readonly prefer?: number | undefined;
  /** Lease an address of 127.0.0.0/8 for the project too, where the service keeps its usual port. */
  readonly ownAddress?: boolean | undefined;
  /** A folder of the project; the working directory unless given. */
  readonly directory?: string | undefined;
};

/** The schema of `LeasePortInput`. */
export const leasePortInput = z.strictObject({
  service: z.string().describe('The name of the service'),
  endpoint: z
    .string()
    .optional()
    .describe('Another port of the service, by a name of your own (default: main)'),
  prefer: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe('This port and no other; refused where that is not possible'),
  ownAddress: z
    .boolean()
    .optional()
    .describe('Give the project an address of 127.0.0.0/8, where services keep their usual ports'),
  directory: z.string().optional().describe('A folder of the project (default: this one)'),
}) satisfies z.ZodType<LeasePortInput>;
