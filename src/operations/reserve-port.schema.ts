import { z } from 'zod';

/** What reserving a port takes. Written by hand: the published types carry no schema library. */
export type ReservePortInput = {
  readonly port: number;
  /** Write it; else it is only said what would be written. */
  readonly apply?: boolean | undefined;
};

/** The schema of `ReservePortInput`. */
export const reservePortInput = z.strictObject({
  port: z.int().min(1).max(65_535).describe('The port to keep from outgoing connections'),
  apply: z.boolean().optional().describe('Write it, instead of only saying what'),
}) satisfies z.ZodType<ReservePortInput>;
