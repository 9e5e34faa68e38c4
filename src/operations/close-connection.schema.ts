import { z } from 'zod';

/** What `homeport close` takes. Written by hand: the published types carry no schema library. */
export type CloseConnectionInput = {
  /** Both ends: `127.0.0.1:51002↔127.0.0.1:3000`, with `->`, `<->` or `-` too. */
  readonly connection: string;
  /** The id of the plan that is to be carried out; without it nothing is done. */
  readonly confirm?: string | undefined;
};

/** The schema of `CloseConnectionInput`. */
export const closeConnectionInput = z.strictObject({
  connection: z.string().describe('Both ends of a connection: A->B or A-B'),
  confirm: z.string().optional().describe('The id of the plan that is to be carried out'),
}) satisfies z.ZodType<CloseConnectionInput>;
