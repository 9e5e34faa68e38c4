import type { Host } from '../host/host.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What every operation works with: a machine to read, or a snapshot to judge instead of any machine. */
export type OperationContext = LiveContext | SnapshotContext;

/** Works on the machine that the host reads. */
export type LiveContext = CallContext & { readonly host: Host; readonly snapshot?: never };

/** Works on what was read before; no machine is touched, this one neither. */
export type SnapshotContext = CallContext & {
  readonly snapshot: Snapshot;
  readonly host?: never;
};

type CallContext = {
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How time passes while something is waited for; left out: as it does. */
  readonly pace?: Pace;
};

/** A clock that no change of the date moves, and a way to wait by it. */
export type Pace = {
  /** Milliseconds since some moment. */
  readonly elapsed: () => number;
  /** Rejects with the signal's reason when that aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
};
