import type { Invocation } from './invocation.ts';
import { textOf } from './invocation.ts';
import type { Io } from './io.ts';

/** What every view of an answer needs to know of where it is shown. */
export type CommonView = {
  readonly columns: number | null;
  readonly home: string | null;
  readonly sudoHelps: boolean;
};

/** Reads it from the output and the environment. `sudo` helps neither root nor a snapshot. */
export const commonView = (invocation: Invocation, io: Io): CommonView => ({
  columns: io.out.size()?.columns ?? null,
  home: io.env['HOME'] ?? null,
  sudoHelps: textOf(invocation, 'snapshot') === null && (process.getuid?.() ?? 0) !== 0,
});
