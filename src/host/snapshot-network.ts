import { unknown } from '../model/known.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Host } from './host.ts';

/** What to read for `Snapshot.network`. */
export type NetworkQuery = {
  /** Addresses to ask the routes for, beside loopback. */
  readonly destinations: readonly string[];
  /** Whether to read the packet filter too, which takes other programs. */
  readonly firewall?: boolean;
};

/** Reads what was asked for; rejects as the host's `firewall` does. */
export const networkOf = async (
  host: Host,
  { destinations, firewall = false }: NetworkQuery,
  signal: AbortSignal,
): Promise<Snapshot['network']> => {
  const facts = host.network(destinations);
  return { ...facts, firewall: firewall ? await host.firewall(signal) : notAskedFor };
};

const notAskedFor = unknown('unsupported', 'not asked for');
