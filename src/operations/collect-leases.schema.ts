import { z } from 'zod';

/** What `homeport port gc` takes. Written by hand: the published types carry no schema library. */
export type CollectLeasesInput = {
  /** Remove them; else they are only listed. */
  readonly apply?: boolean | undefined;
};

/** The schema of `CollectLeasesInput`. */
export const collectLeasesInput = z.strictObject({
  apply: z.boolean().optional().describe('Remove them, instead of only saying which'),
}) satisfies z.ZodType<CollectLeasesInput>;
