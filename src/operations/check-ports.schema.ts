import { z } from 'zod';

/** What `homeport port check` takes. Written by hand: the published types carry no schema library. */
export type CheckPortsInput = {
  /** Paths of files: `.env`, `package.json`, `compose.yaml`, `Procfile`, `vite.config.ts` … */
  readonly files: readonly string[];
};

/** The schema of `CheckPortsInput`. */
export const checkPortsInput = z.strictObject({
  files: z.array(z.string()).min(1).describe('Files that say which ports a project wants'),
}) satisfies z.ZodType<CheckPortsInput>;
