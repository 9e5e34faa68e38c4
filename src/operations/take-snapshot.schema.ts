import { z } from 'zod';

/** What `homeport snapshot` takes: nothing; it reads all there is. */
export type TakeSnapshotInput = Readonly<Record<string, never>>;

/** The schema of `TakeSnapshotInput`. */
export const takeSnapshotInput = z.strictObject({}) satisfies z.ZodType<TakeSnapshotInput>;
