import type { NumberRange } from '../../model/firewall.ts';
import type { Family } from '../../model/socket.ts';

/** What a firewall may ask of a packet at one point of its way. A range stands for any port in it. */
export type Packet = {
  readonly family: Family;
  readonly protocol: 'tcp' | 'udp';
  /** Canonical addresses without a zone; empty: not known. */
  readonly source: string;
  readonly destination: string;
  readonly sourcePorts: NumberRange;
  readonly destinationPorts: NumberRange;
  /** Empty: it comes by none (it is made here), or leaves by none; null: not known. */
  readonly inInterface: string | null;
  readonly outInterface: string | null;
  /**
   * Whose socket sent it; null: not known; `none`: the kernel no longer knows here (behind lo a packet
   * has lost its socket: skb_orphan).
   */
  readonly uid: number | null | 'none';
  readonly state: 'new' | 'established' | 'untracked';
  /** TCP's flags that are set; empty for UDP. */
  readonly flags: readonly string[];
  /** Whether source and destination are addresses of this machine. */
  readonly isSourceLocal: boolean;
  readonly isDestinationLocal: boolean;
};
