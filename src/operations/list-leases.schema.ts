import { z } from 'zod';

/** What `homeport port ls` takes: nothing. */
export type ListLeasesInput = Readonly<Record<string, never>>;

/** The schema of `ListLeasesInput`. */
export const listLeasesInput = z.strictObject({}) satisfies z.ZodType<ListLeasesInput>;
