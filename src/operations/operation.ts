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
};
