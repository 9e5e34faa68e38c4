import type { Line } from '../../text/line.ts';

/** A part of an explanation: a short label in the margin and its lines; without lines it is left out. */
export type Section = { readonly label: string; readonly lines: readonly Line[] };

/** How an explanation is shown. */
export type ExplanationView = {
  /** Room in cells; null: no terminal, nothing is cut or wrapped. */
  readonly columns: number | null;
  readonly verbose: boolean;
  /** The user's home, for `~`. */
  readonly home: string | null;
  /** Whether `sudo` would show more of this machine. */
  readonly sudoHelps: boolean;
  /** Milliseconds since the epoch, at which the facts were read. */
  readonly now: number;
};
