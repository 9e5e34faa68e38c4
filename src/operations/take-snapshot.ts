import { type SnapshotQuery, takeSnapshot as readMachine } from '../host/snapshot.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { OperationContext } from './operation.ts';
import type { TakeSnapshotInput } from './take-snapshot.schema.ts';

/**
 * Reads everything there is to read into one immutable, serialisable snapshot: a bug report, a
 * fixture and an input (`--snapshot`) of every reading verb. It holds command lines, paths, user
 * names, the hosts file and firewall rules, and no environment beyond the few variables that tell an
 * origin or a proxy.
 */
export const takeSnapshot = async (
  context: OperationContext,
  _input: TakeSnapshotInput,
): Promise<Snapshot> =>
  context.snapshot === undefined
    ? readMachine(context.host, everything, context.signal, context.now)
    : context.snapshot;

const everything: SnapshotQuery = {
  states: 'all',
  unix: true,
  otherNamespaces: true,
  holdersOf: 'all',
  detail: 'full',
  network: { destinations: [], firewall: true },
};
