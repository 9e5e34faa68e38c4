import { z } from 'zod';

/** What `homeport doctor` takes: nothing. Written by hand: the published types carry no schema library. */
export type DoctorInput = Readonly<Record<string, never>>;

/** The schema of `DoctorInput`. */
export const doctorInput = z.strictObject({}) satisfies z.ZodType<DoctorInput>;
