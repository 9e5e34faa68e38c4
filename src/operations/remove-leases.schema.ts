import { z } from 'zod';

/** What `homeport port rm` takes. Written by hand: the published types carry no schema library. */
export type RemoveLeasesInput = {
  /** Each a service of the project, a port of any project, or a project's own address. */
  readonly which: readonly string[];
  /** Of a service this endpoint alone; all of them unless given. */
  readonly endpoint?: string | undefined;
  /** A folder of the project; the working directory unless given. */
  readonly directory?: string | undefined;
};

/** The schema of `RemoveLeasesInput`. */
export const removeLeasesInput = z.strictObject({
  which: z.array(z.string()).min(1).describe('Services of this project, ports, or own addresses'),
  endpoint: z.string().optional().describe('This endpoint of the service alone'),
  directory: z.string().optional().describe('A folder of the project (default: this one)'),
}) satisfies z.ZodType<RemoveLeasesInput>;
