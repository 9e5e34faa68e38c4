import { z } from 'zod';

/** What `homeport free` takes. Written by hand: the published types carry no schema library. */
export type FreeInput = {
  /** Endpoints, ports, `pid:N`, `name:NAME`. Left out where candidates are asked for. */
  readonly targets?: readonly string[] | undefined;
  /** Candidates of this project. */
  readonly project?: string | undefined;
  /** Candidates on whose connections nothing was said for so long. */
  readonly idleMs?: number | undefined;
  /** Candidates whose starter has ended. */
  readonly orphans?: boolean | undefined;
  /** Override the refusals. */
  readonly force?: boolean | undefined;
  /** End the process that started it too. */
  readonly withParent?: boolean | undefined;
  /** Ms between SIGTERM and SIGKILL. */
  readonly timeoutMs?: number | undefined;
  /** Tell the environment of what was ended, secrets masked. */
  readonly environment?: boolean | undefined;
  /** The id of the plan that is to be carried out; without it nothing is done. */
  readonly confirm?: string | undefined;
};

/** The schema of `FreeInput`. */
export const freeInput = z.strictObject({
  targets: z.array(z.string()).optional().describe('Endpoints, ports, pid:N or name:NAME'),
  project: z.string().optional().describe('List what of this project could be stopped'),
  idleMs: z
    .int()
    .min(1)
    .max(2_592_000_000)
    .optional()
    .describe('List servers whose connections have been silent for so long'),
  orphans: z.boolean().optional().describe('List servers whose starter has ended'),
  force: z.boolean().optional().describe('Stop it in spite of what speaks against it'),
  withParent: z
    .boolean()
    .optional()
    .describe('End the process that started it too: a loop that would start it again'),
  timeoutMs: z
    .int()
    .min(100)
    .max(600_000)
    .optional()
    .describe('Time between SIGTERM and SIGKILL (default 5s)'),
  environment: z.boolean().optional().describe('Tell the environment too, secrets masked'),
  confirm: z.string().optional().describe('The id of the plan that is to be carried out'),
}) satisfies z.ZodType<FreeInput>;
