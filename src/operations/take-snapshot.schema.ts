import { z } from 'zod';

/** What `homeport snapshot` takes: nothing; it reads all there is. */
export const takeSnapshotInput = z.strictObject({});

export type TakeSnapshotInput = z.infer<typeof takeSnapshotInput>;
