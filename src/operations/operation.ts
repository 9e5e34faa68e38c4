import type { Host } from '../host/host.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What every operation works with. `snapshot`: judge this instead of reading the machine. */
export type OperationContext = {
  readonly host: Host;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly snapshot?: Snapshot;
};
